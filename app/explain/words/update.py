"""Sentences of the update: which way a parameter goes, how far, and when it takes effect."""

from __future__ import annotations

from app.explain.model import Text

TEMPLATES: dict[str, Text] = {
    "update.plain.down": Text(
        "A larger {parameter} would mean a larger {error}, so {parameter} goes down: {work} = "
        "{result}; the learning rate {rate} sets the size of the move.",
        "{parameter:을} 키우면 {error:이} 커지므로 {parameter:은} 줄여야 하며, 새 값은 {work} = "
        "{result}입니다(움직이는 크기는 학습률 {rate}에 비례).",
    ),
    "update.plain.up": Text(
        "A larger {parameter} would mean a smaller {error}, so {parameter} goes up: {work} = "
        "{result}.",
        "{parameter:을} 키우면 {error:이} 작아지므로 {parameter:은} 키워야 하며, 새 값은 {work} = "
        "{result}입니다.",
    ),
    "update.plain.still": Text(
        "The {error} does not react to {parameter} now, so {parameter} stays as it is: {work} = "
        "{result}.",
        "지금 {error:은} {parameter}의 변화에 반응하지 않으므로 값은 그대로 {work} = "
        "{result}입니다.",
    ),
    "update.plain.tiny": Text(
        "The {error} reacts so weakly to {parameter} that the move is too small for the "
        "computer's digits: {work} leaves {result}.",
        "{error:이} {parameter}의 변화에 너무 약하게 반응해 컴퓨터의 자릿수로는 움직임이 남지 "
        "않고, {work}의 값은 그대로 {result}입니다.",
    ),
    "update.momentum.down": Text(
        "Momentum adds part of the earlier gradients to this one, and together they move "
        "{parameter} down: {work} = {result}.",
        "모멘텀은 지난 기울기의 일부를 이번 기울기에 보태며, 합친 방향에 따라 {parameter:은} "
        "작아져 새 값은 {work} = {result}입니다.",
    ),
    "update.momentum.up": Text(
        "Momentum adds part of the earlier gradients to this one, and together they move "
        "{parameter} up: {work} = {result}.",
        "모멘텀은 지난 기울기의 일부를 이번 기울기에 보태며, 합친 방향에 따라 {parameter:은} "
        "커져 새 값은 {work} = {result}입니다.",
    ),
    "update.momentum.still": Text(
        "Momentum adds part of the earlier gradients to this one, but together they do not move "
        "{parameter}: {work} = {result}.",
        "모멘텀은 지난 기울기의 일부를 이번 기울기에 보태지만, 합쳐도 {parameter:은} 그대로 "
        "{work} = {result}입니다.",
    ),
    "update.decay.down": Text(
        "The gradient and weight decay, which pulls every weight towards 0, together move "
        "{parameter} down: {work} = {result}.",
        "기울기에 가중치를 0 쪽으로 당기는 가중치 감쇠를 더하면 {parameter:은} 작아지며, 새 값은 "
        "{work} = {result}입니다.",
    ),
    "update.decay.up": Text(
        "The gradient and weight decay, which pulls every weight towards 0, together move "
        "{parameter} up: {work} = {result}.",
        "기울기에 가중치를 0 쪽으로 당기는 가중치 감쇠를 더하면 {parameter:은} 커지며, 새 값은 "
        "{work} = {result}입니다.",
    ),
    "update.decay.still": Text(
        "The gradient and weight decay, which pulls every weight towards 0, together leave "
        "{parameter} where it is: {work} = {result}.",
        "기울기에 가중치를 0 쪽으로 당기는 가중치 감쇠를 더해도 {parameter:은} 그대로이며, 값은 "
        "{work} = {result}입니다.",
    ),
    "update.other": Text(
        "The optimizer {optimizer} moves {parameter} from {before} to {result}.",
        "옵티마이저 {optimizer}에 따라 {parameter:은} {before}에서 새 값 {result}에 이릅니다.",
    ),
    "update.frozen": Text(
        "The biases of this network are not trained, so {parameter} stays {result}.",
        "이 신경망은 편향을 학습하지 않으므로 {parameter:은} 그대로 {result}입니다.",
    ),
    "update.words.plain": Text("old value − learning rate × gradient", "옛 값 − 학습률 × 기울기"),
    "update.words.momentum": Text(
        "old value − learning rate × (gradient + part of the earlier ones)",
        "옛 값 − 학습률 × (기울기 + 지난 기울기의 일부)",
    ),
    "update.words.decay": Text(
        "old value − learning rate × (gradient + weight decay)",
        "옛 값 − 학습률 × (기울기 + 가중치 감쇠)",
    ),
    "update.words.other": Text("what the optimizer makes of it", "옵티마이저가 정한 새 값"),
    "update.why.question": Text("Why minus?", "왜 뺄까요?"),
    "update.why.answer": Text(
        "The gradient points to where the error grows; we want to go the other way.",
        "기울기는 오차가 커지는 쪽을 가리키므로 그 반대로 갑니다.",
    ),
    "update.trap.simultaneous": Text(
        "written aside; {before} stays in use until all new weights are applied together.",
        "적어만 두고, 모든 가중치를 한꺼번에 갱신할 때까지는 옛 값({before})을 씁니다.",
    ),
    "update.trap.sequential": Text(
        "applied at once in this network: the layers below already compute with {after}, not "
        "with {before}.",
        "이 신경망에서는 바로 적용되어, 아래층의 델타는 옛 값({before})이 아니라 새 "
        "값({after})으로 계산됩니다.",
    ),
}
