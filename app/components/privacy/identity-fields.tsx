import { IDENTITY_MEANS, IDENTITY_NOTE_MAX } from '../../../server/privacy/privacy.rules.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { SelectField, TextAreaField, TextField } from '../ui/fields.tsx';
import type { TypedFields } from './perform-act.ts';

/** How, when and with which note the identity of a person who asks was checked. */
export function IdentityFields({ typed, errors }: { typed: TypedFields; errors: Record<string, string | undefined> }) {
  const { t } = useTranslation();
  return (
    <>
      <SelectField
        name="means"
        label={t('privacy.identity.means')}
        required
        defaultValue={typed.means ?? ''}
        error={errors.means}
        options={[
          { value: '', label: t('privacy.identity.choose') },
          ...IDENTITY_MEANS.map((means) => ({ value: means, label: t(`privacy.identity.by.${means}`) })),
        ]}
      />
      <TextField
        name="checked_on"
        type="date"
        label={`${t('privacy.identity.checked_on')} (${t('common.optional')})`}
        description={t('privacy.identity.checked_on_hint')}
        defaultValue={typed.checked_on}
        error={errors.checked_on}
      />
      <TextAreaField
        name="note"
        label={`${t('privacy.identity.note')} (${t('common.optional')})`}
        description={t('privacy.identity.note_hint', { count: IDENTITY_NOTE_MAX })}
        rows={2}
        maxLength={IDENTITY_NOTE_MAX}
        defaultValue={typed.note}
        error={errors.note}
      />
    </>
  );
}
