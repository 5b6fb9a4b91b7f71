/** A file of what is shown, by the API's own link: the browser saves it, and this page never holds it. */
import Button from '@cloudscape-design/components/button';
import type { ExportInput } from '../../../shared/api/imports.ts';
import { useWords } from '../lexicon/words.tsx';
import { useClient } from '../session/session.tsx';
import { useAct } from './act.ts';

export function ExportButton({ asked }: { readonly asked: Omit<ExportInput, 'format'> }) {
  const t = useWords();
  const client = useClient();
  const exporting = useAct({
    run: async () => {
      const { url } = await client.exports.create(asked);
      // The bucket answers with `Content-Disposition: attachment`: the page stays where it is.
      location.assign(url);
    },
    done: () => t('export.done'),
  });
  return (
    <Button iconName="download" loading={exporting.isPending} onClick={() => exporting.mutate()}>
      {t('export.csv')}
    </Button>
  );
}
