import { v7 as uuidv7 } from 'uuid';

/** A repeatable source of chance: the same keys give the same values, on every machine. */
export class Random {
  #a = 0;
  #b = 0;
  #c = 0;
  #d = 1;
  readonly #bytes = new Uint8Array(16);
  readonly #words = new Uint32Array(this.#bytes.buffer);

  constructor(stream: number, index = 0) {
    this.reseed(stream, index);
  }

  /** Starts over at `index` of `stream`, so that a row can be made again without those before it. */
  reseed(stream: number, index: number): this {
    this.#a = stream | 0;
    this.#b = index | 0;
    this.#c = Math.floor(index / 0x1_0000_0000) ^ 0x9e3779b9;
    this.#d = 1;
    for (let round = 0; round < 12; round++) this.#word();
    return this;
  }

  /** sfc32, by Chris Doty-Humphrey (PractRand). */
  #word(): number {
    const word = (this.#a + this.#b + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + word) | 0;
    return word >>> 0;
  }

  /** 0 <= x < 1. */
  next(): number {
    return this.#word() / 0x1_0000_0000;
  }

  /** A whole number, both ends included. */
  int(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(list: readonly T[]): T {
    const picked = list[Math.floor(this.next() * list.length)];
    if (picked === undefined) throw new RangeError('nothing to pick from');
    return picked;
  }

  /** One of the keys, as often as its weight says. */
  weighted<K extends string>(weights: Readonly<Partial<Record<K, number>>>): K {
    const entries = Object.entries<number | undefined>(weights);
    let left = this.next() * entries.reduce((sum, [, weight]) => sum + (weight ?? 0), 0);
    for (const [key, weight] of entries) {
      left -= weight ?? 0;
      if (left < 0) return key as K;
    }
    return entries[0]?.[0] as K;
  }

  /** An instant between two others, the first included. */
  instant(from: Date, to: Date): Date {
    return new Date(Math.floor(from.getTime() + this.next() * Math.max(0, to.getTime() - from.getTime())));
  }

  /** A UUIDv7 (RFC 9562) whose time part is `at`. */
  id(at: Date): string {
    for (let word = 0; word < 4; word++) this.#words[word] = this.#word();
    return uuidv7({ msecs: at.getTime(), random: this.#bytes });
  }
}
