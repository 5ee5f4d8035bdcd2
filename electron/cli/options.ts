/** Choices that several commands offer. */
import type { ThemeName } from '../../renderer/figures/index.ts';

export const THEME_NAMES = ['light', 'dark', 'contrast'] as const satisfies readonly ThemeName[];
