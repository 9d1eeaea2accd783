import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KnownDisplay } from '../../../core/displays/displays.contract.ts';
import { Button } from '../../ui/button.tsx';
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { say } from '../../ui/notice.ts';
import { sayFault } from '../../ui/run-command.ts';
import { DescribeDisplay } from './describe-display.tsx';
import type { DisplaysClient } from './displays-client.ts';

interface DisplayMenuProps {
  readonly client: DisplaysClient;
  readonly display: KnownDisplay;
  readonly all: readonly KnownDisplay[];
}

type Outcome = Promise<{ readonly refusal: DisplaysRefusal | null }>;
type DisplaysRefusal = Exclude<Awaited<ReturnType<typeof forget>>['refusal'], null>;

const forget = (client: DisplaysClient, id: string) => client.call('displays.forget', { id });

/** What can be done with a display: its name and number, what it is for, and where a missing one is shown meanwhile. */
export function DisplayMenu({ client, display, all }: DisplayMenuProps) {
  const { t } = useTranslation();
  const [describing, setDescribing] = useState(false);
  const { id, number, connected, shownOn } = display;
  const hosts = all.filter((other) => other.connected && other.use !== 'console' && other.id !== id);

  async function told(answer: Outcome): Promise<void> {
    try {
      const { refusal } = await answer;
      if (refusal !== null) say((words) => words(`displays-refusal.${refusal}`), 'attention');
    } catch (error) {
      sayFault(error);
    }
  }
  const trigger = (
    <Button look="quiet" icon aria-label={t('displays.menu', { number })}>
      <Ellipsis aria-hidden />
    </Button>
  );
  return (
    <>
      <Menu trigger={trigger}>
        <MenuItem onChoose={() => setDescribing(true)}>{t('displays.describe')}</MenuItem>
        <MenuItem onChoose={() => client.call('displays.identify', {}).catch(sayFault)}>{t('displays.identify')}</MenuItem>
        <MenuSeparator />
        {connected ? (
          <MenuChoice
            label={t('displays.use')}
            value={display.wish}
            choices={[
              { value: 'auto', words: t('displays.use-auto') },
              { value: 'wall', words: t('displays.use-wall') },
              { value: 'console', words: t('displays.use-console') },
            ]}
            onChange={(wish) => void told(client.call('displays.use', { id, wish }))}
          />
        ) : (
          <>
            {hosts.map((host) => (
              <MenuItem
                key={host.id}
                disabled={shownOn === host.id}
                onChoose={() => void told(client.call('displays.show-elsewhere', { missing: id, on: host.id }))}
              >
                {t('displays.show-on', { number: host.number, name: host.name })}
              </MenuItem>
            ))}
            {shownOn !== null && (
              <MenuItem onChoose={() => void told(client.call('displays.show-elsewhere', { missing: id, on: null }))}>
                {t('displays.show-nowhere')}
              </MenuItem>
            )}
            <MenuSeparator />
            <MenuItem danger onChoose={() => void told(forget(client, id))}>
              {t('displays.forget')}
            </MenuItem>
          </>
        )}
      </Menu>
      {describing && <DescribeDisplay client={client} display={display} onClose={() => setDescribing(false)} />}
    </>
  );
}
