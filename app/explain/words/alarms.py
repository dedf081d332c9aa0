"""Alarms: what is going wrong, and by which factor."""

from __future__ import annotations

from app.explain.model import Text

TEMPLATES: dict[str, Text] = {
    "alarm.not_finite": Text(
        "{factor} is {value}: from there on no number of this step can be used.",
        "{factor}의 값은 {value}입니다. 이 스텝에서 그 뒤의 수는 쓸 수 없습니다.",
    ),
    "alarm.saturated": Text(
        "Saturated: {names} in the flat part of the activation for {percent} % of the examples. "
        "The slope {factor} is {value}, so hardly any change gets through.",
        "포화: 샘플의 {percent} %에서 활성화 함수의 평평한 곳에 있는 뉴런은 {names}입니다. 미분값 "
        "{factor}의 값이 {value}뿐이므로 변화가 거의 전해지지 않습니다.",
    ),
    "alarm.dead": Text(
        "Dead: {names} in the flat part of the activation for every example. The slope {factor} "
        "is {value}, so the weights into it no longer learn.",
        "죽은 뉴런: 모든 샘플에서 활성화 함수의 평평한 곳에 있는 뉴런은 {names}입니다. 미분값 "
        "{factor}의 값이 {value}이므로 이 뉴런으로 들어가는 가중치는 더 배우지 못합니다.",
    ),
    "alarm.vanishing": Text(
        "Vanishing: gradients of weights into {names} are {ratio} times as large as in the "
        "output layer. The smallest step on the way is {factor}: at most {value}.",
        "기울기 소실: {names}의 입력 가중치 기울기는 출력층에 견주어 {ratio}배입니다. "
        "오는 길에서 가장 작은 인수는 {factor}, 크기가 커야 {value}입니다.",
    ),
    "alarm.exploding": Text(
        "Exploding: gradients of weights into {names} are {ratio} times as large as in the "
        "output layer. The largest step on the way is {factor}: {value}.",
        "기울기 폭주: {names}의 입력 가중치 기울기는 출력층에 견주어 {ratio}배입니다. "
        "오는 길에서 가장 큰 인수는 {factor}, 그 값은 {value}입니다.",
    ),
    "alarm.exploding.large": Text(
        "Exploding: gradients of weights into {names} are about {ratio} in size. It begins with "
        "{factor}: {value}.",
        "기울기 폭주: {names}의 입력 가중치 기울기는 크기가 약 {ratio}입니다. "
        "{factor}의 값 {value}에서 시작됩니다.",
    ),
    "alarm.twins": Text(
        "Twins: {names} have the same weights in and out (such as {factor} = {value}), so their "
        "gradients are always equal and they stay one neuron in two places.",
        "쌍둥이: {names}의 들어오고 나가는 가중치가 모두 같으므로({factor} = {value} 등) 기울기도 "
        "늘 같고, 앞으로도 한 뉴런과 다름없습니다.",
    ),
    # -- names in a row ----------------------------------------------------------------------
    "alarm.more": Text("{some} and {count} more", "{some} 외 {count}개"),
}
