/** Names as people read them: `dE/dw5` is ∂E/∂w5, `delta_o1` is δ_o1, `w5+` is w5⁺. */
export const pretty = (name: string): string =>
  name.replace(/^d(.+)\/d(.+)$/, '∂$1/∂$2').replace(/^delta_/, 'δ_').replace(/\+$/, '⁺').replace('learning_rate', 'η');
