/** An answer in the thread of their mail, from the salesperson's own address; sending it stops the clock. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import type { ContactView, MessageView } from '../../../shared/api/contacts.ts';
import { useWords } from '../lexicon/words.tsx';
import { useAct } from '../parts/act.ts';
import { useClient } from '../session/session.tsx';

export function AnswerBox(props: {
  readonly message: MessageView;
  readonly contact: ContactView;
  readonly isAsked: boolean;
}) {
  const t = useWords();
  const client = useClient();
  // Sent twice by a shaky connection, the same words leave once.
  const [attempt] = useState(() => crypto.randomUUID());
  const { message, contact } = props;
  const draftName = `relance.draft.${message.id}`;
  const [isOpen, setOpen] = useState(props.isAsked || message.read === 'reply');
  const [text, setText] = useState(() => sessionStorage.getItem(draftName) ?? '');
  const send = useAct({
    run: () =>
      client
        .with({ idempotencyKey: attempt })
        .messages.answer(message.contactId ?? contact.id, message.id, { text }),
    done: () => t('answer.sent', { name: contact.firstName ?? contact.address }),
    after: () => {
      sessionStorage.removeItem(draftName);
      setText('');
      setOpen(false);
    },
  });
  if (!isOpen) return null;
  return (
    <Container
      header={
        <Header variant="h2">{t('answer.title', { name: contact.firstName ?? contact.address })}</Header>
      }
    >
      <SpaceBetween size="s">
        <blockquote className="quote" dir="auto">
          {message.text.trim().slice(0, QUOTE_CHARS)}
        </blockquote>
        <FormField label={t('answer.label')} stretch>
          <Textarea
            value={text}
            rows={7}
            autoFocus={props.isAsked}
            spellcheck
            onChange={({ detail }) => {
              setText(detail.value);
              // A draft survives a reload; nothing of it leaves this tab before it is sent.
              sessionStorage.setItem(draftName, detail.value);
            }}
          />
        </FormField>
        <SpaceBetween direction="horizontal" size="xs" alignItems="center">
          <Button
            variant="primary"
            disabled={!text.trim()}
            loading={send.isPending}
            onClick={() => send.mutate()}
          >
            {t('answer.send')}
          </Button>
          <Box variant="small">{t('answer.about')}</Box>
        </SpaceBetween>
      </SpaceBetween>
    </Container>
  );
}

const QUOTE_CHARS = 600;
