import { Kbd, Modal, Table } from '@mantine/core';
import { useTranslation } from '../i18n/use-translation';

const shortcuts = [
  ['J', 'keyboard.down'],
  ['K', 'keyboard.up'],
  ['Enter', 'keyboard.open'],
  ['C', 'schedule.title'],
  ['/', 'keyboard.slash'],
  ['Ctrl / ⌘ K', 'keyboard.anywhere'],
  ['Esc', 'keyboard.close'],
  ['?', 'keyboard.help'],
] as const;

export function KeyboardHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('keyboard.title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <Table withRowBorders={false}>
        <Table.Tbody>
          {shortcuts.map(([key, text]) => (
            <Table.Tr key={key}>
              <Table.Th scope="row" w={120}>
                <Kbd>{key}</Kbd>
              </Table.Th>
              <Table.Td>{t(text)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
