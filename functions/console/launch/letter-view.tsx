/** One letter as it would go, with every finding of the lint and how to mend it. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { FindingView, LetterPreview } from '../../../shared/api/previews.ts';
import { useCodeWords, useWords } from '../lexicon/words.tsx';

export function LetterView({ letter }: { readonly letter: LetterPreview }) {
  const t = useWords();
  const code = useCodeWords();
  const of = (severity: FindingView['severity']) =>
    letter.findings.filter((one) => one.severity === severity);
  return (
    <section className="letter" aria-label={t('letter.step', { step: letter.step + 1 })}>
      <Box variant="awsui-key-label">
        {t('letter.step', { step: letter.step + 1 })}
        {letter.context === 'back-from-absence' && ` · ${code('context', letter.context)}`}
      </Box>
      <SpaceBetween size="xs">
        {letter.subject && <Box variant="h3">{letter.subject}</Box>}
        {letter.text !== undefined && (
          <pre className="mail-text" dir="auto">
            {letter.text}
          </pre>
        )}
        <Findings type="error" findings={of('error')} />
        <Findings type="warning" findings={of('warning')} />
        {letter.spelling === 'no-dictionary' && <Box variant="small">{t('lint.no-dictionary')}</Box>}
      </SpaceBetween>
    </section>
  );
}

function Findings({
  type,
  findings,
}: {
  readonly type: 'error' | 'warning';
  readonly findings: readonly FindingView[];
}) {
  const t = useWords();
  const code = useCodeWords();
  if (findings.length === 0) return null;
  return (
    <Alert type={type} header={t(`lint.${type}`, { n: findings.length })}>
      <ul className="findings">
        {findings.map((finding) => (
          <li key={`${finding.rule} ${finding.part} ${finding.words}`}>
            <strong>{code('lint', finding.rule)}</strong>
            {finding.words && ` “${finding.words}”`} — {finding.fix}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
