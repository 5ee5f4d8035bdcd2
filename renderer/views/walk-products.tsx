/** An opened key: q and k, their product dimension by dimension, and the sum that is the score. */
import { useMemo } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { MathText } from '../components/math-text.tsx';
import { exactDouble, exactNumber, formatNumber } from '../view-models/format.ts';
import { dimensionProducts } from '../view-models/walk.ts';
import type { Product } from '../view-models/walk.ts';
import { useApp, useSession } from './context.tsx';
import { Switch } from './switch.tsx';
import { useDimension } from './use-dimension.ts';
import { VectorLine } from './vector-line.tsx';

interface KeyProductsProps {
  readonly q: Float32Array;
  readonly k: Float32Array;
  readonly score: number;
  readonly query: string;
  readonly keyText: string;
}

export function KeyProducts({ q, k, score, query, keyText }: KeyProductsProps): ReactElement {
  const { t } = useTranslation();
  const session = useSession();
  const order = useApp((state) => state.walk.products);
  const { items, sum, agrees } = useMemo(() => dimensionProducts(q, k, score, order), [q, k, score, order]);
  return (
    <div className="key-products" data-testid="walk-products">
      {order === 'place' && (
        <>
          <VectorLine name={t('walk.of', { name: 'q', token: query })} values={q} hue="query" testId="products-q" />
          <VectorLine name={t('walk.of', { name: 'k', token: keyText })} values={k} hue="key" testId="products-k" />
        </>
      )}
      <ProductBars items={items} label={t('walk.products', { query, key: keyText })} />
      <div className="products-sum">
        <span>
          <MathText>{t('walk.productSum')}</MathText> ={' '}
          <strong className="mono" title={exactDouble(sum)} data-testid="products-sum">
            {formatNumber(agrees ? score : sum)}
          </strong>
          {agrees ? `, ${t('walk.productScore')}` : ''}
        </span>
        {!agrees && <span className="problem">{t('walk.productDiffers')}</span>}
        <Switch
          label={t('walk.productOrder')}
          choices={[
            { id: 'place', label: t('walk.place') },
            { id: 'size', label: t('walk.size') },
          ]}
          chosen={order}
          onChoose={(id) => session.setWalk({ products: id })}
          testId="products-order"
        />
      </div>
    </div>
  );
}

/** One bar a dimension, up for what adds to the score and down for what takes from it. */
function ProductBars({ items, label }: { items: readonly Product[]; label: string }): ReactElement {
  const { t } = useTranslation();
  const { index, handlers } = useDimension(items.length);
  const most = items.reduce((reach, { value }) => Math.max(reach, Math.abs(value)), 0) || 1;
  const say = (at: number): string => {
    const item = items[at];
    if (item === undefined) return '';
    const [first, second] = [exactNumber(item.q), exactNumber(item.k)];
    return t('walk.product', { dimension: item.dimension, q: first, k: second, value: formatNumber(item.value) });
  };
  return (
    <div className="vector-line">
      <span className="vector-sign" aria-hidden="true" />
      <div className="strip-words">
        <span className="vector-name">q ⊙ k</span>
        <span className={index === null ? 'quiet' : 'dimension-value'} data-testid="products-number">
          {index === null ? `±${formatNumber(most, 3)}` : say(index)}
        </span>
      </div>
      <div
        className="product-bars"
        {...handlers}
        aria-label={label}
        aria-valuetext={say(handlers['aria-valuenow'])}
        data-testid="products-bars"
      >
        {items.map(({ dimension, value }, at) => (
          <span key={dimension} className={at === index ? 'product on' : 'product'} data-dimension={dimension}>
            <span
              className={value < 0 ? 'below' : 'above'}
              style={{
                height: `${(50 * Math.abs(value)) / most}%`,
                ...(value < 0 ? { top: '50%' } : { bottom: '50%' }),
              }}
            />
          </span>
        ))}
      </div>
    </div>
  );
}
