/** Everybody in a campaign, found by property, held, released, resumed or stopped together. */
import { useCollection } from '@cloudscape-design/collection-hooks';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import Pagination from '@cloudscape-design/components/pagination';
import PropertyFilter from '@cloudscape-design/components/property-filter';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useMemo } from 'react';
import type { EnrollmentView } from '../../../shared/api/contacts.ts';
import { useCodeWords, useWords, type Words } from '../lexicon/words.tsx';
import { Grade } from '../parts/grade.tsx';
import { Empty } from '../parts/loaded.tsx';
import { useTimes } from '../parts/time.ts';
import { useBulk } from './use-bulk.ts';
import type { Enrollments } from './use-enrollments.ts';

const PAGE_ROWS = 25;

export type WalkRow = EnrollmentView & {
  readonly standing: string;
  readonly countryName: string;
};

const isOpen = (walk: EnrollmentView) => walk.state !== 'stopped' && walk.state !== 'finished';

export function EnrollmentTable({ walks }: { readonly walks: Enrollments }) {
  const t = useWords();
  const rows = useRows(walks.items);
  const properties = useProperties();
  const { items, collectionProps, propertyFilterProps, paginationProps, filteredItemsCount } = useCollection(
    rows,
    {
      propertyFiltering: {
        filteringProperties: properties,
        empty: <Empty title={t('enrollments.empty')} />,
        noMatch: <Empty title={t('enrollments.no-match')} />,
      },
      pagination: { pageSize: PAGE_ROWS },
      sorting: {},
      selection: { trackBy: 'id', keepSelection: true },
    },
  );
  const chosen = collectionProps.selectedItems ?? [];
  const columns = useColumns();
  return (
    <Table<WalkRow>
      {...collectionProps}
      items={items}
      selectionType="multi"
      // "Nobody" while the launch is still at it would be a lie.
      loading={walks.isLoading || (walks.items.length === 0 && !walks.isWhole)}
      loadingText={t('app.loading')}
      columnDefinitions={columns}
      variant="container"
      stickyHeader
      wrapLines
      ariaLabels={{
        selectionGroupLabel: t('enrollments.select'),
        allItemsSelectionLabel: () => t('enrollments.select-all'),
        itemSelectionLabel: (_, row) => t('enrollments.select-one', { name: row.name ?? row.id }),
      }}
      header={
        <Header
          variant="h2"
          counter={walks.isWhole ? `(${walks.items.length})` : `(${walks.items.length}+)`}
          actions={<BulkButtons chosen={chosen} />}
        >
          {t('enrollments.title')}
        </Header>
      }
      filter={
        <PropertyFilter
          {...propertyFilterProps}
          filteringPlaceholder={t('enrollments.filter')}
          filteringAriaLabel={t('enrollments.filter')}
          countText={t('enrollments.found', { n: filteredItemsCount ?? 0 })}
          expandToViewport
        />
      }
      pagination={<Pagination {...paginationProps} />}
    />
  );
}

/** What is shown is what is searched: "Portugal", not "PT". */
function useRows(walks: readonly EnrollmentView[]): readonly WalkRow[] {
  const code = useCodeWords();
  const times = useTimes();
  return useMemo(
    () =>
      walks.map((walk) => ({
        ...walk,
        standing: standingOf(walk, code),
        countryName: walk.country ? times.country(walk.country) : '',
      })),
    [walks, code, times],
  );
}

function standingOf(
  walk: EnrollmentView,
  code: (family: string, value: string | undefined) => string,
): string {
  if (walk.state === 'stopped') return code('why', walk.stopped);
  const hold = walk.holds.at(-1);
  return hold ? code('hold', hold.kind) : code('state', walk.state);
}

function useProperties() {
  const t = useWords();
  return useMemo(() => propertiesIn(t), [t]);
}

function propertiesIn(t: Words) {
  const of = (key: string, label: string, group: string) => ({
    key,
    propertyLabel: label,
    groupValuesLabel: group,
    operators: ['=', '!=', ':'],
  });
  return [
    of('standing', t('enrollments.state'), t('enrollments.state')),
    of('countryName', t('field.country'), t('field.country')),
    of('grade', t('field.grade'), t('field.grade')),
    of('company', t('field.company'), t('field.company')),
    of('name', t('field.name'), t('field.name')),
  ];
}

/** The same columns from one keystroke to the next: a table that gets others measures itself anew. */
function useColumns(): TableProps.ColumnDefinition<WalkRow>[] {
  const t = useWords();
  const times = useTimes();
  return useMemo(() => columnsIn(t, times), [t, times]);
}

function columnsIn(t: Words, times: ReturnType<typeof useTimes>): TableProps.ColumnDefinition<WalkRow>[] {
  return [
    {
      id: 'name',
      header: t('field.name'),
      isRowHeader: true,
      minWidth: 140,
      sortingField: 'name',
      cell: (row) => <Link href={`#/contacts/${row.contactId}`}>{row.name ?? row.contactId}</Link>,
    },
    {
      id: 'grade',
      header: t('field.grade'),
      minWidth: 95,
      sortingField: 'grade',
      cell: (row) => <Grade grade={row.grade} />,
    },
    {
      id: 'company',
      header: t('field.company'),
      minWidth: 150,
      sortingField: 'company',
      cell: (row) => row.company ?? '–',
    },
    {
      id: 'country',
      header: t('field.country'),
      minWidth: 130,
      sortingField: 'countryName',
      cell: (row) => row.countryName || '–',
    },
    {
      id: 'state',
      header: t('enrollments.state'),
      minWidth: 140,
      sortingField: 'standing',
      cell: (row) => row.standing,
    },
    {
      id: 'sent',
      header: t('enrollments.sent'),
      minWidth: 95,
      sortingComparator: (a, b) => a.sent.length - b.sent.length,
      cell: (row) => <Box>{row.sent.length}</Box>,
    },
    {
      id: 'due',
      header: t('enrollments.next'),
      minWidth: 165,
      sortingField: 'dueAt',
      cell: (row) => (row.dueAt ? <span className="nums">{times.dayTime(row.dueAt)}</span> : '–'),
    },
  ];
}

function BulkButtons({ chosen }: { readonly chosen: readonly WalkRow[] }) {
  const t = useWords();
  const bulk = useBulk();
  const open = chosen.filter(isOpen);
  const held = open.filter(({ holds }) => holds.some(({ kind }) => kind === 'person'));
  const free = open.filter((walk) => !held.includes(walk));
  const stopped = chosen.filter(({ state }) => state === 'stopped');
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button disabled={free.length === 0 || bulk.isBusy} onClick={() => void bulk.run('hold', free)}>
        {t('do.hold')}
      </Button>
      <Button disabled={held.length === 0 || bulk.isBusy} onClick={() => void bulk.run('release', held)}>
        {t('do.release')}
      </Button>
      <Button disabled={open.length === 0 || bulk.isBusy} onClick={() => void bulk.run('stop', open)}>
        {t('do.stop')}
      </Button>
      <Button disabled={stopped.length === 0 || bulk.isBusy} onClick={() => void bulk.run('resume', stopped)}>
        {t('do.resume')}
      </Button>
    </SpaceBetween>
  );
}
