/** All tokens that must be refused. */
import { BAD_BINDINGS } from './bad-bindings.js';
import { BAD_CLAIMS } from './bad-claims.js';
import { BAD_FORMS } from './bad-forms.js';
import type { BadToken } from './bad-token.js';

export const BAD_TOKENS: readonly BadToken[] = [...BAD_FORMS, ...BAD_CLAIMS, ...BAD_BINDINGS];
