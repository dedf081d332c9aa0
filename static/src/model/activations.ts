/** The activation functions as the thumbnails draw them. Numbers that people read always come from the service. */

export interface Curve { readonly f: (z: number) => number; readonly slope: (z: number) => number }

const LEAK = 0.01;

/** The exponent is never positive, so that nothing overflows. */
function sigmoid(z: number): number {
  const power = Math.exp(-Math.abs(z));
  return (z < 0 ? power : 1) / (1 + power);
}

/** Beyond this an erf is 1 as far as a float can tell. */
const ERF_REACH = 6;

/** By the series 2/√π e^(−x²) Σ 2ⁿ x^(2n+1) / (1·3·…·(2n+1)), Abramowitz and Stegun 7.1.6; all its terms have one sign. */
function erf(x: number): number {
  if (Math.abs(x) > ERF_REACH) return Math.sign(x);
  let [term, sum] = [x, x];
  for (let n = 1; Math.abs(term) > Number.EPSILON * Math.abs(sum); n += 1) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** How much of the standard normal distribution lies below z, and its density there. */
const normalShare = (z: number): number => 0.5 * (1 + erf(z * Math.SQRT1_2));
const normalDensity = (z: number): number => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);

const CURVES: Readonly<Record<string, Curve>> = {
  linear: { f: (z) => z, slope: () => 1 },
  sigmoid: { f: sigmoid, slope: (z) => sigmoid(z) * sigmoid(-z) },
  tanh: { f: Math.tanh, slope: (z) => 1 - Math.tanh(z) ** 2 },
  relu: { f: (z) => Math.max(0, z), slope: (z) => (z > 0 ? 1 : 0) },
  leaky_relu: { f: (z) => (z > 0 ? z : LEAK * z), slope: (z) => (z > 0 ? 1 : LEAK) },
  elu: { f: (z) => (z > 0 ? z : Math.expm1(z)), slope: (z) => (z > 0 ? 1 : Math.exp(z)) },
  softplus: { f: (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))), slope: sigmoid },
  silu: { f: (z) => z * sigmoid(z), slope: (z) => sigmoid(z) * (1 + z * sigmoid(-z)) },
  gelu: { f: (z) => z * normalShare(z), slope: (z) => normalShare(z) + z * normalDensity(z) },
};

/** The activations that have a curve. */
export const CURVED: readonly string[] = Object.keys(CURVES);

/** Null for a function that has no curve of its own net input alone, such as softmax. */
export const curveOf = (activation: string): Curve | null => CURVES[activation] ?? null;
