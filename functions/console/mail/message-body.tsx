/** A mail's words: text with the evidence marked; formatted only when asked for, in a frame that may do nothing. */
import Box from '@cloudscape-design/components/box';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { MessageView } from '../../../shared/api/contacts.ts';
import { useWords } from '../lexicon/words.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { useClient } from '../session/session.tsx';
import { markQuotes } from './mark-quotes.ts';

type View = 'words' | 'whole' | 'formatted';

export function MessageBody({ message }: { readonly message: MessageView }) {
  const t = useWords();
  const [view, setView] = useState<View>('words');
  if (message.kind === 'out')
    return (
      <pre className="mail-text" dir="auto">
        {message.text}
      </pre>
    );
  const options = (['words', 'whole', 'formatted'] as const).map((id) => ({ id, text: t(`mail.${id}`) }));
  return (
    <SpaceBetween size="s">
      <SegmentedControl
        label={t('mail.view')}
        selectedId={view}
        options={options}
        onChange={({ detail }) => setView(detail.selectedId as View)}
      />
      {view === 'words' ? <NewWords message={message} /> : <Original message={message} view={view} />}
    </SpaceBetween>
  );
}

function NewWords({ message }: { readonly message: MessageView }) {
  const t = useWords();
  const quotes = (message.findings ?? []).flatMap(({ quote }) => quote ?? []);
  if (!message.text.trim()) return <Box color="text-body-secondary">{t('mail.no-words')}</Box>;
  return (
    <pre className="mail-text" dir="auto">
      {markQuotes(message.text, quotes).map((piece, at) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one fixed text have no other name than their place.
        piece.isEvidence ? <mark key={at}>{piece.text}</mark> : piece.text,
      )}
    </pre>
  );
}

function Original({ message, view }: { readonly message: MessageView; readonly view: View }) {
  const t = useWords();
  const client = useClient();
  const of = message.contactId ?? 'unmatched';
  const original = useQuery({
    queryKey: ['original', of, message.id],
    queryFn: () => client.messages.original(of, message.id),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Loaded query={original}>
      {({ text, html, attachments }) => (
        <SpaceBetween size="xs">
          {view === 'whole' && (
            <pre className="mail-text" dir="auto">
              {text}
            </pre>
          )}
          {view === 'formatted' &&
            (html === undefined ? (
              <Box color="text-body-secondary">{t('mail.no-html')}</Box>
            ) : (
              <MailFrame html={html} title={t('mail.formatted')} />
            ))}
          {attachments.length > 0 && (
            <Box variant="small">
              {t('mail.attachments')}: {attachments.map(({ name }) => name ?? '?').join(', ')}
            </Box>
          )}
        </SpaceBetween>
      )}
    </Loaded>
  );
}

/** `default-src 'none'`: no picture, no font, no script, no form. Dark words on white whatever the console's mode. */
const FRAME_HEAD =
  '<!doctype html><meta charset="utf-8">' +
  `<meta http-equiv="Content-Security-Policy" content="default-src 'none'">` +
  '<meta name="color-scheme" content="light">';

/** The sandbox without any word in it: no script, no origin, no form, no way to the page around it. */
export const MailFrame = ({ html, title }: { readonly html: string; readonly title: string }) => (
  <iframe
    className="mail-frame"
    title={title}
    sandbox=""
    srcDoc={FRAME_HEAD + html}
    referrerPolicy="no-referrer"
  />
);
