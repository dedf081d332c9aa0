/** The activation functions as the thumbnails draw them. Numbers that people read always come from the service. */

export interface Curve { readonly f: (z: number) => number; readonly slope: (z: number) => number }

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

const CURVES: Readonly<Record<string, Curve>> = {
  linear: { f: (z) => z, slope: () => 1 },
  sigmoid: { f: sigmoid, slope: (z) => sigmoid(z) * (1 - sigmoid(z)) },
  tanh: { f: Math.tanh, slope: (z) => 1 - Math.tanh(z) ** 2 },
  relu: { f: (z) => Math.max(0, z), slope: (z) => (z > 0 ? 1 : 0) },
};

/** Null for a function that has no curve of its own net input alone, such as softmax. */
export const curveOf = (activation: string): Curve | null => CURVES[activation] ?? null;
