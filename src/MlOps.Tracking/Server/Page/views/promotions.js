// The whole promotion log, over all models.
import { h } from '../lib/dom.js';
import { promotions } from '../lib/api.js';
import { checkChain } from '../lib/chain.js';
import { heading } from './parts.js';
import { chainState, promotionList } from './promotionList.js';

export const showPromotions = async (route, signal) => {
  const entries = await promotions(undefined, signal);
  return {
    title: 'Promotions',
    content: [
      heading(
        'Promotions',
        h(
          'p',
          { class: 'soft' },
          'Who put which version in use, when and why. Entries are only ever added, each tied to the one before by its hash.',
        ),
      ),
      chainState(await checkChain(entries)),
      promotionList('promotions', entries, true),
    ],
  };
};
