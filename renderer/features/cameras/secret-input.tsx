import { TextInput } from '../../ui/field.tsx';

interface SecretInputProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** One that is made here, and not one that exists: the browser neither fills it in nor offers to keep it. */
  readonly fresh?: boolean;
}

/** A password or passphrase, at most as long as main takes it. What is typed is never shown. */
export function SecretInput({ value, onChange, fresh = false }: SecretInputProps) {
  return (
    <TextInput
      type="password"
      dir="ltr"
      autoComplete={fresh ? 'new-password' : 'off'}
      value={value}
      maxLength={256}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
