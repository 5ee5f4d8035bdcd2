/** How the keys are listed: in the order of the text or by size; at the scores also dimension by dimension. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeyStation } from '../view-models/walk-names.ts';
import { useApp, useSession } from './context.tsx';
import { Switch } from './switch.tsx';

export function WalkTools({ station }: { station: KeyStation }): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const { order, detail } = useApp((state) => state.walk);
  return (
    <div className="walk-tools">
      {station === 'scores' && (
        <Switch
          label={t('walk.detail')}
          choices={[
            { id: 'bars', label: t('walk.bars') },
            { id: 'dimensions', label: t('walk.dimensions'), help: t('walk.dimensionsHelp') },
          ]}
          chosen={detail}
          onChoose={(id) => session.setWalk({ detail: id })}
          testId="walk-detail"
        />
      )}
      <Switch
        label={t('walk.order')}
        choices={[
          { id: 'place', label: t('walk.place') },
          { id: 'size', label: t('walk.size') },
        ]}
        chosen={order}
        onChoose={(id) => session.setWalk({ order: id })}
        testId="walk-order"
      />
    </div>
  );
}
