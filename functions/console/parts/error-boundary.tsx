/** A page that fails shows what to do; the frame around it, and the way to the other pages, stay. */
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { Component, type ReactNode } from 'react';
import { useWords } from '../lexicon/words.tsx';

type Props = { readonly children: ReactNode };

export class ErrorBoundary extends Component<Props, { readonly failed?: Error }> {
  override state: { readonly failed?: Error } = {};

  static getDerivedStateFromError(failed: Error) {
    return { failed };
  }

  override render() {
    return this.state.failed ? <Failed error={this.state.failed} /> : this.props.children;
  }
}

function Failed({ error }: { readonly error: Error }) {
  const t = useWords();
  return (
    <Alert
      type="error"
      header={t('error.page')}
      action={<Button onClick={() => location.reload()}>{t('do.reload')}</Button>}
    >
      {error.message}
    </Alert>
  );
}
