/** A company: whose it is, who works there, and what holds its people. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import type { CompanyAnswer } from '../../../shared/api/companies.ts';
import { useCodeWords, useWords } from '../lexicon/words.tsx';
import { useAct } from '../parts/act.ts';
import { Grade } from '../parts/grade.tsx';
import { Empty, Loaded } from '../parts/loaded.tsx';
import { useTimes } from '../parts/time.ts';
import { useClient } from '../session/session.tsx';
import { OutcomeForm } from '../today/outcome-form.tsx';

export default function Company({ domain }: { readonly domain: string }) {
  const client = useClient();
  const company = useQuery({ queryKey: ['company', domain], queryFn: () => client.companies.get(domain) });
  return <Loaded query={company}>{(data) => <One company={data} />}</Loaded>;
}

function One({ company }: { readonly company: CompanyAnswer }) {
  const t = useWords();
  const times = useTimes();
  const client = useClient();
  const { domain, hold, owner } = company;
  const suppress = useAct({
    run: () => client.suppressions.add({ domain }),
    done: () => t('suppressions.added', { value: domain }),
    undo: () => () => client.suppressions.remove(domain),
  });
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={
            <>
              {domain} · {owner ? t('company.owner', { name: owner.name }) : t('company.nobody')}
            </>
          }
          actions={
            company.suppressed ? undefined : (
              <Button loading={suppress.isPending} onClick={() => suppress.mutate()}>
                {t('company.suppress')}
              </Button>
            )
          }
        >
          {company.name ?? domain}
        </Header>
      }
    >
      <SpaceBetween size="l">
        {company.suppressed && <Alert type="warning">{t('company.suppressed')}</Alert>}
        {hold && (
          <Alert type="info" header={t('company.held')}>
            <SpaceBetween size="s">
              <span>
                {t('company.held-since', { day: times.day(hold.since) })}{' '}
                <Link href={`#/contacts/${hold.by}`}>{t('company.held-by')}</Link>
              </span>
              {hold.taskId && (
                <OutcomeForm
                  task={{
                    id: hold.taskId,
                    contactId: hold.by,
                    kind: 'company-held',
                    outcomes: ['release', 'leave'],
                  }}
                  onDone={() => undefined}
                />
              )}
            </SpaceBetween>
          </Alert>
        )}
        <People company={company} />
      </SpaceBetween>
    </ContentLayout>
  );
}

function People({ company }: { readonly company: CompanyAnswer }) {
  const t = useWords();
  const code = useCodeWords();
  return (
    <Table
      items={[...company.people]}
      trackBy="id"
      wrapLines
      header={
        <Header variant="h2" counter={`(${company.people.length})`}>
          {t('company.people')}
        </Header>
      }
      columnDefinitions={[
        {
          id: 'name',
          header: t('field.name'),
          isRowHeader: true,
          minWidth: 140,
          cell: (one) => <Link href={`#/contacts/${one.id}`}>{one.name}</Link>,
        },
        { id: 'title', header: t('field.title'), minWidth: 150, cell: (one) => one.title ?? '–' },
        { id: 'grade', header: t('field.grade'), minWidth: 80, cell: (one) => <Grade grade={one.grade} /> },
        {
          id: 'state',
          header: t('enrollments.state'),
          minWidth: 130,
          cell: (one) => (
            <Box>{one.state ? code(one.stopped ? 'why' : 'state', one.stopped ?? one.state) : '–'}</Box>
          ),
        },
      ]}
      empty={<Empty title={t('company.nobody-known')} />}
    />
  );
}
