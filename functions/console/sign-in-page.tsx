/** The door: on one's own machine a token, on AWS the way to the company's sign-in. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type FormEvent, useState } from 'react';
import { useWords } from './lexicon/words.tsx';
import { beginSignIn, type SignedIn } from './session/oidc.ts';
import { type ConsoleConfig, keep } from './session/sign-in.ts';

export function SignIn(props: {
  readonly config: ConsoleConfig;
  readonly why?: string;
  readonly onToken: (session: SignedIn) => void;
}) {
  const t = useWords();
  const [token, setToken] = useState('');
  const [failed, setFailed] = useState(props.why);
  const { auth } = props.config;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (auth.kind === 'token' && token.trim()) props.onToken(keep({ token: token.trim() }));
  };
  return (
    <main className="door">
      <Container header={<Header variant="h1">{t('app.name')}</Header>}>
        <form onSubmit={submit}>
          <SpaceBetween size="m">
            {failed && (
              <Alert type="warning">
                {failed === 'expired' ? t('door.expired') : t('door.failed', { why: failed })}
              </Alert>
            )}
            <Box color="text-body-secondary">{auth.kind === 'token' ? t('door.local') : t('door.oidc')}</Box>
            {auth.kind === 'token' ? (
              <>
                <FormField label={t('door.token')}>
                  <Input
                    value={token}
                    type="password"
                    autoFocus
                    autoComplete={false}
                    onChange={({ detail }) => setToken(detail.value)}
                  />
                </FormField>
                <Button variant="primary" formAction="submit">
                  {t('door.enter')}
                </Button>
              </>
            ) : (
              <Button
                variant="primary"
                formAction="none"
                onClick={() => {
                  beginSignIn(auth).catch((error: unknown) =>
                    setFailed(error instanceof Error ? error.message : String(error)),
                  );
                }}
              >
                {t('door.enter')}
              </Button>
            )}
          </SpaceBetween>
        </form>
      </Container>
    </main>
  );
}
