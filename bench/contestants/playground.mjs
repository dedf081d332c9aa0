// An engine in the manner of TensorFlow Playground: a network is nodes and links, each an object
// with its own numbers; derivatives add up over a batch and are spent in one update.
// Talks in lines of JSON: {"build": …} keeps a network, {"steps": n} trains, {"read": true} tells.

import { createInterface } from "node:readline";

const sigmoid = (x) => 1 / (1 + Math.exp(-x));

function sigmoidSlope(x) {
  const output = sigmoid(x);
  return output * (1 - output);
}

function tanhSlope(x) {
  const output = Math.tanh(x);
  return 1 - output * output;
}

// Like the Playground's, a slope is a function of the net input: it computes the output again.
const ACTIVATIONS = {
  sigmoid: { output: sigmoid, slope: sigmoidSlope },
  tanh: { output: (x) => Math.tanh(x), slope: tanhSlope },
};

class Node {
  constructor(bias, activation) {
    this.bias = bias;
    this.activation = activation;
    this.inputLinks = [];
    this.outputs = [];
    this.totalInput = 0;
    this.output = 0;
    this.outputDer = 0;
    this.slope = 0;
    this.inputDer = 0;
    this.accInputDer = 0;
    this.accumulated = 0;
  }

  updateOutput() {
    this.totalInput = this.bias;
    for (let j = 0; j < this.inputLinks.length; j++) {
      const link = this.inputLinks[j];
      this.totalInput += link.weight * link.source.output;
    }
    this.output = this.activation.output(this.totalInput);
    return this.output;
  }
}

class Link {
  constructor(source, dest, weight) {
    this.source = source;
    this.dest = dest;
    this.weight = weight;
    this.errorDer = 0;
    this.accErrorDer = 0;
    this.accumulated = 0;
    this.gradient = 0;
  }
}

function build({ sizes, activations, weights, biases }) {
  const network = [Array.from({ length: sizes[0] }, () => new Node(0, null))];
  for (let l = 1; l < sizes.length; l++) {
    const layer = [];
    for (let j = 0; j < sizes[l]; j++) {
      const node = new Node(biases[l - 1][j], ACTIVATIONS[activations[l - 1]]);
      network[l - 1].forEach((source, i) => {
        const link = new Link(source, node, weights[l - 1][j][i]);
        source.outputs.push(link);
        node.inputLinks.push(link);
      });
      layer.push(node);
    }
    network.push(layer);
  }
  return network;
}

function forward(network, input) {
  for (let i = 0; i < input.length; i++) network[0][i].output = input[i];
  for (let l = 1; l < network.length; l++) {
    for (let j = 0; j < network[l].length; j++) network[l][j].updateOutput();
  }
}

function backward(network, target) {
  const last = network[network.length - 1];
  for (let j = 0; j < last.length; j++) last[j].outputDer = last[j].output - target[j];
  for (let l = network.length - 1; l >= 1; l--) {
    const layer = network[l];
    for (let j = 0; j < layer.length; j++) {
      const node = layer[j];
      node.slope = node.activation.slope(node.totalInput);
      node.inputDer = node.outputDer * node.slope;
      node.accInputDer += node.inputDer;
      node.accumulated++;
      for (let i = 0; i < node.inputLinks.length; i++) {
        const link = node.inputLinks[i];
        link.errorDer = node.inputDer * link.source.output;
        link.accErrorDer += link.errorDer;
        link.accumulated++;
      }
    }
    if (l === 1) continue;
    const below = network[l - 1];
    for (let i = 0; i < below.length; i++) {
      const node = below[i];
      node.outputDer = 0;
      for (let j = 0; j < node.outputs.length; j++) {
        const link = node.outputs[j];
        node.outputDer += link.weight * link.dest.inputDer;
      }
    }
  }
}

function update(network, rate, trainBiases) {
  for (let l = 1; l < network.length; l++) {
    for (let j = 0; j < network[l].length; j++) {
      const node = network[l][j];
      if (trainBiases) node.bias -= (rate * node.accInputDer) / node.accumulated;
      node.accInputDer = 0;
      node.accumulated = 0;
      for (let i = 0; i < node.inputLinks.length; i++) {
        const link = node.inputLinks[i];
        link.gradient = link.accErrorDer / link.accumulated;
        link.weight -= rate * link.gradient;
        link.accErrorDer = 0;
        link.accumulated = 0;
      }
    }
  }
}

const nodes = (network) => network.slice(1).flat();
const links = (network) => nodes(network).flatMap((node) => node.inputLinks);

// Every value of the update, in the order that all contestants record.
function record(rows, at, network, target) {
  const all = nodes(network);
  const n = all.length;
  all.forEach((node, i) => {
    rows[at + i] = node.totalInput;
    rows[at + n + i] = node.output;
    rows[at + 2 * n + i] = node.outputDer;
    rows[at + 3 * n + i] = node.slope;
    rows[at + 4 * n + i] = node.inputDer;
  });
  let place = at + 5 * n;
  let total = 0;
  network[network.length - 1].forEach((node, o) => {
    const error = 0.5 * (target[o] - node.output) ** 2;
    total += error;
    rows[place++] = error;
  });
  rows[place++] = total;
  const joined = links(network);
  joined.forEach((link, i) => {
    rows[place + i] = link.gradient;
    rows[place + joined.length + i] = link.weight;
  });
}

function train(asked, steps) {
  const network = build(asked);
  const { inputs, targets, rate, train_biases: trainBiases, columns, rows } = asked;
  for (let s = 0; s < steps; s++) {
    for (let r = 0; r < inputs.length; r++) {
      forward(network, inputs[r]);
      backward(network, targets[r]);
    }
    update(network, rate, trainBiases);
    if (rows) record(rows, s * columns, network, targets[0]);
  }
  return network;
}

let asked = null;
let network = null;
let lastRow = null;

function answer(message) {
  if (message.version) return { version: process.version };
  if (message.build) {
    asked = message.build;
    if (asked.longest) asked.rows = new Float64Array(asked.longest * asked.columns);
    return {};
  }
  if (message.steps) {
    network = train(asked, message.steps);
    if (asked.rows) {
      lastRow = asked.rows.subarray((message.steps - 1) * asked.columns);
      lastRow = Array.from(lastRow.subarray(0, asked.columns));
    }
    return {};
  }
  const weights = links(network).map((link) => link.weight);
  return { parameters: [...weights, ...nodes(network).map((node) => node.bias)], row: lastRow };
}

createInterface({ input: process.stdin }).on("line", (line) => {
  process.stdout.write(JSON.stringify(answer(JSON.parse(line))) + "\n");
});
