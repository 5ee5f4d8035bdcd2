/** Below the large atlas: what its colours and cells mean, what is on its way, and the zoom for those without a wheel. */
import { useMemo, useSyncExternalStore } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { SiteSummary } from '../../electron/api/index.ts';
import { ZOOM_STEP } from '../components/zoom.ts';
import type { ZoomControl } from '../components/zoom-control.ts';
import { colourScale, weightScale } from '../figures/colour-scale.ts';
import { THEMES } from '../figures/theme.ts';
import { groupsNote } from '../view-models/atlas-groups.ts';
import { ScaleBar } from './atlas-legend.tsx';
import { paintTable } from './atlas-picture.ts';
import type { AtlasPicture } from './atlas-picture.ts';
import type { AtlasShown } from './atlas-shown.ts';
import { useApp, useTheme, useWords } from './context.tsx';
import type { HeadTiles } from './heads-tiles.ts';

interface LegendProps {
  readonly summary: SiteSummary;
  readonly shown: AtlasShown;
  readonly control: ZoomControl;
  readonly tiles: HeadTiles;
  readonly onEnlarge: () => void;
}

export function HeadsLegend({ summary, shown, control, tiles, onEnlarge }: LegendProps): ReactElement {
  const words = useWords();
  const theme = useTheme();
  const isOwn = useApp((state) => state.lens.range === 'own');
  const waiting = useSyncExternalStore(tiles.subscribe, tiles.getWaiting);
  const scale = useMemo((): Pick<AtlasPicture, 'paintScale'> => {
    const { table } = colourScale(weightScale(), THEMES[theme]);
    return { paintScale: (canvas, part) => paintTable(canvas, table, part) };
  }, [theme]);
  const { block } = summary;
  const cells = block === 1 ? words('atlasView.stage.oneCell') : words('atlasView.stage.tiles', { block });
  const groups = shown.order === 'similar' ? groupsNote(summary, words) : null;
  const notes = [cells, words('atlasView.stage.small'), ...(groups === null ? [] : [groups.short])];
  return (
    <div className="heads-legend" data-testid="heads-legend">
      <span className="atlas-legend">
        <span>0</span>
        <ScaleBar picture={scale} from={0} to={1} />
        <span>1</span>
        <span className="unit">{words(isOwn ? 'atlasView.ownUnit' : 'atlas.weightUnit')}</span>
      </span>
      <p className="note" title={groups?.full}>
        {notes.join(' ')}
      </p>
      <span className="heads-loading" role="status">
        {waiting > 0 && words('atlasView.stage.loading', { count: waiting })}
      </span>
      <ZoomTools control={control} onEnlarge={onEnlarge} />
    </div>
  );
}

function ZoomTools({ control, onEnlarge }: Pick<LegendProps, 'control' | 'onEnlarge'>): ReactElement {
  const { t } = useTranslation();
  const tools = [
    { id: 'in', sign: '+', label: t('atlasView.stage.zoomIn'), act: () => control.zoomBy(ZOOM_STEP) },
    { id: 'out', sign: '−', label: t('atlasView.stage.zoomOut'), act: () => control.zoomBy(1 / ZOOM_STEP) },
    { id: 'head', sign: '⤢', label: t('atlasView.stage.enlarge'), act: onEnlarge },
    { id: 'all', sign: '0', label: t('atlasView.stage.all'), act: () => control.goHome() },
  ];
  return (
    <span className="heads-tools" role="group" aria-label={t('atlasView.stage.tools')}>
      {tools.map(({ id, sign, label, act }) => (
        <button
          key={id}
          type="button"
          className="tool-button"
          aria-label={label}
          title={label}
          onClick={act}
          data-testid={`heads-zoom-${id}`}
        >
          <span aria-hidden="true">{sign}</span>
        </button>
      ))}
    </span>
  );
}
