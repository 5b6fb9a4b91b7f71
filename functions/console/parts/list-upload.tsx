/** The field for a list as a spreadsheet saves it, the same wherever one is taken. */
import FileUpload from '@cloudscape-design/components/file-upload';
import { useWords } from '../lexicon/words.tsx';

export function ListUpload(props: {
  readonly files: readonly File[];
  readonly onChange: (files: File[]) => void;
  readonly showFileSize?: boolean;
}) {
  const t = useWords();
  return (
    <FileUpload
      accept=".csv,.tsv,.txt,text/csv"
      value={props.files}
      showFileSize={props.showFileSize === true}
      onChange={({ detail }) => props.onChange(detail.value)}
      i18nStrings={{
        uploadButtonText: () => t('launch.choose'),
        dropzoneText: () => t('launch.drop'),
        removeFileAriaLabel: () => t('launch.remove-file'),
        limitShowFewer: '',
        limitShowMore: '',
        errorIconAriaLabel: '',
      }}
    />
  );
}
