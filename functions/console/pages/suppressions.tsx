/** Who is never written to again: people and whole companies, one by one, from a list, or to a file. */
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useWords } from '../lexicon/words.tsx';
import { ExportButton } from '../parts/export-button.tsx';
import { AddSuppression } from '../suppression/add-suppression.tsx';
import { SuppressionTable } from '../suppression/suppression-table.tsx';

export default function Suppressions() {
  const t = useWords();
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={t('suppressions.about')}
          actions={<ExportButton asked={{ what: 'suppressions' }} />}
        >
          {t('nav.suppressions')}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <AddSuppression />
        <SuppressionTable />
      </SpaceBetween>
    </ContentLayout>
  );
}
