/** Shows what a query has: its data, that it is still under way, or what went wrong and what to do. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Spinner from '@cloudscape-design/components/spinner';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useWords } from '../lexicon/words.tsx';
import { useFailureWords } from './notices.tsx';

export function Loaded<Data>(props: {
  readonly query: Pick<UseQueryResult<Data>, 'data' | 'error' | 'refetch' | 'isFetching'>;
  readonly children: (data: Data) => ReactNode;
}) {
  const t = useWords();
  const wordFailure = useFailureWords();
  const { data, error, refetch, isFetching } = props.query;
  const failure = error ? (
    <Alert
      type="error"
      header={data === undefined ? t('error.cannot-show') : t('error.stale')}
      action={
        <Button loading={isFetching} onClick={() => void refetch()}>
          {t('do.retry')}
        </Button>
      }
    >
      {wordFailure(error)}
    </Alert>
  ) : null;
  if (data !== undefined)
    return (
      <>
        {failure}
        {props.children(data)}
      </>
    );
  return failure ?? <Loading />;
}

/** Says that something is under way, and shows no figure before there is one. */
export function Loading() {
  const t = useWords();
  return (
    <div data-loading>
      <Box textAlign="center" padding="xxl" color="text-status-inactive">
        <Spinner size="large" /> <span role="status">{t('app.loading')}</span>
      </Box>
    </div>
  );
}

/** An empty place that says what would fill it. */
export const Empty = (props: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) => (
  <Box textAlign="center" padding={{ vertical: 'l' }} color="text-body-secondary">
    <Box variant="strong" color="text-body-secondary">
      {props.title}
    </Box>
    {props.children && (
      <Box variant="p" color="text-body-secondary">
        {props.children}
      </Box>
    )}
    {props.action}
  </Box>
);
