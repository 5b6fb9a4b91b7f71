/** A question before something that is hard to take back: cancel, or the one answer that does it. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { useWords } from '../lexicon/words.tsx';

type QuestionProps = {
  readonly isOpen: boolean;
  readonly onCancel: () => void;
  readonly header: string;
  /** What the answer is called. */
  readonly yes: string;
  readonly act: { readonly isPending: boolean; readonly mutate: () => void };
  readonly isDisabled?: boolean;
  readonly children: ReactNode;
};

export function Question({
  isOpen,
  onCancel,
  header,
  yes,
  act,
  isDisabled = false,
  children,
}: QuestionProps) {
  const t = useWords();
  return (
    <Modal
      visible={isOpen}
      onDismiss={onCancel}
      header={header}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onCancel}>
              {t('do.cancel')}
            </Button>
            <Button
              variant="primary"
              disabled={isDisabled}
              loading={act.isPending}
              onClick={() => act.mutate()}
            >
              {yes}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      {children}
    </Modal>
  );
}
