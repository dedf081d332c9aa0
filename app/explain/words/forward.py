"""Sentences of the forward pass, and of the numbers that are given: inputs, weights, targets."""

from __future__ import annotations

from app.explain.model import Text

TEMPLATES: dict[str, Text] = {
    # -- net: the weighted sum ---------------------------------------------------------------
    "net.first": Text(
        "Neuron {neuron} multiplies each input by its weight, adds the results and adds the "
        "bias: {sum} = {result}.",
        "{kind} 뉴런 {neuron}의 가중합은 입력마다 가중치를 곱해 더하고 편향까지 더한 값, "
        "곧 {sum} = {result}입니다.",
    ),
    "net.first.no_bias": Text(
        "Neuron {neuron} multiplies each input by its weight and adds the results: "
        "{sum} = {result}.",
        "{kind} 뉴런 {neuron}의 가중합은 입력마다 가중치를 곱해 모두 더한 값, "
        "곧 {sum} = {result}입니다.",
    ),
    "net.later": Text(
        "Neuron {neuron} multiplies each output of the layer before by its weight, adds the "
        "results and adds the bias: {sum} = {result}.",
        "{kind} 뉴런 {neuron}의 가중합은 앞 층의 출력마다 가중치를 곱해 더하고 편향까지 더한 값, "
        "곧 {sum} = {result}입니다.",
    ),
    "net.later.no_bias": Text(
        "Neuron {neuron} multiplies each output of the layer before by its weight and adds the "
        "results: {sum} = {result}.",
        "{kind} 뉴런 {neuron}의 가중합은 앞 층의 출력마다 가중치를 곱해 모두 더한 값, "
        "곧 {sum} = {result}입니다.",
    ),
    "net.one": Text(
        "Neuron {neuron} multiplies its one input by the weight and adds the bias: "
        "{sum} = {result}.",
        "{kind} 뉴런 {neuron}의 가중합은 하나뿐인 입력에 가중치를 곱하고 편향을 더한 값, "
        "곧 {sum} = {result}입니다.",
    ),
    "net.one.no_bias": Text(
        "Neuron {neuron} multiplies its one input by the weight: {sum} = {result}.",
        "{kind} 뉴런 {neuron}의 가중합은 하나뿐인 입력에 가중치를 곱한 값, "
        "곧 {sum} = {result}입니다.",
    ),
    "net.many": Text(
        "Neuron {neuron} multiplies each of its {count} inputs by its weight, adds the results "
        "and adds the bias, which makes {result}.",
        "{kind} 뉴런 {neuron}의 가중합은 입력 {count}개에 저마다의 가중치를 곱해 더하고 "
        "편향까지 더한 값, 곧 {result}입니다.",
    ),
    "net.many.no_bias": Text(
        "Neuron {neuron} multiplies each of its {count} inputs by its weight and adds the "
        "results, which makes {result}.",
        "{kind} 뉴런 {neuron}의 가중합은 입력 {count}개에 저마다의 가중치를 곱해 모두 더한 값, "
        "곧 {result}입니다.",
    ),
    "net.words": Text(
        "each input × its weight, added up, + bias",
        "입력 × 가중치를 모두 더한 값 + 편향",
    ),
    "net.words.no_bias": Text(
        "each input × its weight, added up",
        "입력 × 가중치를 모두 더한 값",
    ),
    "net.why.question": Text("Why a bias?", "편향은 왜 더할까요?"),
    "net.why.answer": Text(
        "It shifts the sum by the same amount, whatever the inputs are.",
        "입력이 무엇이든 가중합을 늘 같은 만큼 옮겨 주기 때문입니다.",
    ),
    # -- out: the activation -----------------------------------------------------------------
    "out.sigmoid": Text(
        "The sigmoid turns any number into one between 0 and 1; {neuron}'s sum of {net} becomes "
        "the output {result}.",
        "시그모이드 함수는 어떤 수든 0과 1 사이의 값으로 바꾸며, 가중합이 {net}일 때 "
        "{neuron}의 출력은 {result}입니다.",
    ),
    "out.tanh": Text(
        "Tanh turns any number into one between −1 and 1; {neuron}'s sum of {net} becomes the "
        "output {result}.",
        "쌍곡탄젠트(tanh) 함수는 어떤 수든 −1과 1 사이의 값으로 바꾸며, 가중합이 {net}일 때 "
        "{neuron}의 출력은 {result}입니다.",
    ),
    "out.relu.on": Text(
        "ReLU lets a positive number through unchanged; {neuron}'s sum of {net} is also its "
        "output {result}.",
        "렐루(ReLU) 함수는 양수를 그대로 내보내며, 가중합이 {net}일 때 {neuron}의 출력도 "
        "{result}입니다.",
    ),
    "out.relu.off": Text(
        "ReLU turns every number that is not positive into 0; {neuron}'s sum is {net}, so its "
        "output is {result}.",
        "렐루(ReLU) 함수는 양수가 아닌 수를 모두 0으로 바꾸며, 가중합이 {net}이므로 "
        "{neuron}의 출력은 {result}입니다.",
    ),
    "out.linear": Text(
        "A linear neuron hands its sum on unchanged; {neuron}'s sum of {net} is also its output "
        "{result}.",
        "선형 뉴런은 가중합을 그대로 내보내며, 가중합이 {net}일 때 {neuron}의 출력도 "
        "{result}입니다.",
    ),
    "out.on": Text(
        "The function lets a positive number through unchanged; {neuron}'s sum of {net} is also "
        "its output {result}.",
        "이 활성화 함수는 양수를 그대로 내보내며, 가중합이 {net}일 때 {neuron}의 출력도 "
        "{result}입니다.",
    ),
    "out.leaky_relu": Text(
        "Leaky ReLU shrinks a negative number to a hundredth; {neuron}'s sum of {net} becomes the "
        "output {result}.",
        "리키 렐루(Leaky ReLU) 함수는 음수를 100분의 1로 줄이며, 가중합이 {net}일 때 {neuron}의 "
        "출력은 {result}입니다.",
    ),
    "out.elu": Text(
        "ELU bends a negative number smoothly towards −1; {neuron}'s sum of {net} becomes the "
        "output {result}.",
        "엘루(ELU) 함수는 음수를 −1을 향해 부드럽게 휘며, 가중합이 {net}일 때 {neuron}의 출력은 "
        "{result}입니다.",
    ),
    "out.softplus": Text(
        "Softplus is a ReLU without a corner, always above 0; {neuron}'s sum of {net} becomes the "
        "output {result}.",
        "소프트플러스 함수는 모서리가 없는 렐루로 값이 늘 0보다 크며, 가중합이 {net}일 때 "
        "{neuron}의 출력은 {result}입니다.",
    ),
    "out.silu": Text(
        "SiLU multiplies the sum by its own sigmoid; {neuron}'s sum of {net} becomes the output "
        "{result}.",
        "실루(SiLU) 함수는 가중합에 자신의 시그모이드 값을 곱하며, 가중합이 {net}일 때 "
        "{neuron}의 출력은 {result}입니다.",
    ),
    "out.gelu": Text(
        "GELU multiplies the sum by the share of the normal distribution that lies below it; "
        "{neuron}'s sum of {net} becomes the output {result}.",
        "겔루(GELU) 함수는 가중합에 정규 분포에서 그보다 작은 쪽의 비율을 곱하며, 가중합이 "
        "{net}일 때 {neuron}의 출력은 {result}입니다.",
    ),
    "out.softmax": Text(
        "Softmax shares 1 out among the {count} outputs, the more the larger the sum; with a sum "
        "of {net}, {neuron} gets {result}.",
        "소프트맥스 함수는 전체 1을 출력 {count}개에 나누는데 가중합이 클수록 많이 주며, 가중합이 "
        "{net}인 {neuron}의 몫은 {result}입니다.",
    ),
    "out.softmax.words": Text(
        "e to {neuron}'s sum, divided by the same of all outputs together",
        "e의 ({neuron}의 가중합)제곱을 모든 출력의 같은 값을 더한 것으로 나눈 값",
    ),
    "out.other": Text(
        "The function {activation} turns {neuron}'s sum of {net} into the output {result}.",
        "활성화 함수 {activation}에서 가중합이 {net}일 때 {neuron}의 출력은 {result}입니다.",
    ),
    "out.words": Text("the activation of {neuron}'s sum", "{neuron}의 가중합에 대한 활성화 함숫값"),
    # -- what is given, not computed ---------------------------------------------------------
    "input": Text(
        "{name} is an input, {result}: it is given with the example, not computed.",
        "{name:은} 샘플로 주어진 입력이며, 값은 {result}입니다.",
    ),
    "target": Text(
        "{neuron} should answer {result}: the target is given with the example.",
        "{neuron}의 목푯값은 {result}입니다(샘플과 함께 주어진 값).",
    ),
    "weight": Text(
        "{name} joins {source} to {neuron}: what {source} sends is multiplied by {result} before "
        "{neuron} adds it up.",
        "{name:은} {source:과} {neuron:을} 잇는 가중치로, {source}의 값은 {result}배가 되어 "
        "{neuron}의 가중합에 더해집니다.",
    ),
    "bias.one": Text(
        "{name} is the bias of {neuron}: it is added to the sum whatever the inputs are, and is "
        "{result} now.",
        "{name:은} {neuron}의 편향으로, 입력이 무엇이든 가중합에 더해지며 지금 값은 "
        "{result}입니다.",
    ),
    "bias.shared": Text(
        "{name} is the bias that all neurons of this layer share: it is added to each sum and is "
        "{result} now.",
        "{name:은} 이 층의 모든 뉴런이 함께 쓰는 편향으로, 가중합마다 더해지며 지금 값은 "
        "{result}입니다.",
    ),
    "learning_rate": Text(
        "The learning rate is {result}: every weight moves that many times its gradient, against "
        "its sign.",
        "학습률은 {result}이고, 가중치는 저마다 기울기의 반대 방향으로 그 배수만큼 움직입니다.",
    ),
    "learning_rate.other": Text(
        "The learning rate is {result}: it sets how far this optimizer moves every weight.",
        "학습률은 {result}이고, 이 옵티마이저가 가중치를 옮기는 크기는 이 수에 비례합니다.",
    ),
}
