"""Small files of other programs, as these write them, and what stands in them worked out by hand or by formula."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from sim.convert.worths import utility
from sim.scenario.model import Scenario

GENIUS_DOMAIN = """
<negotiation_template number_of_sessions="1">
  <agent class="" name="" utility_space=""></agent>
  <utility_space number_of_issues="3">
    <objective index="0" description="" name="root" type="objective" etype="objective">
      <issue index="1" name="Food" type="discrete" etype="discrete" vtype="discrete">
        <item index="1" value="Chips & Nuts" description="cheap"></item>
        <item index="2" value="Catering"></item>
        <item index="3" value="1.10"></item>
      </issue>
      <issue index="2" name="Guests" type="integer" etype="integer" vtype="integer" lowerbound="-2" upperbound="3"/>
      <issue index="3" name="Price" type="real" etype="real" vtype="real">
        <range lowerbound="10.0" upperbound="40.0"></range>
      </issue>
    </objective>
  </utility_space>
</negotiation_template>
"""

GENIUS_ANNA = """
<!-- a comment before the declaration, as in files of ANAC 2014 -->
<?xml version="1.0" encoding="utf-8" ?>
<utility_space>
  <objective index="0" description="" name="root" type="objective" etype="objective">
    <issue index="1" name="Food" type="discrete"vtype="discrete" etype="discrete">
      <item index="1" value="Chips & Nuts" cost="0.0" evaluation="41"></item>
      <item index="2" value="Catering" cost="12.5" evaluation="370"></item>
      <item index="3" value="1.10" cost="0.0" evaluation="0"></item>
    </issue>
    <issue index="2" name="Guests" type="integer" etype="integer" vtype="integer" lowerbound="-2" upperbound="3">
      <evaluator ftype="linear" slope="0.3" offset="0.1"/>
    </issue>
    <issue index="3" name="Price" type="real" etype="real" vtype="real">
      <range lowerbound="10.0" upperbound="40.0"></range>
      <evaluator ftype="linear" parameter1="-0.05" parameter0="1.5"></evaluator>
    </issue>
    <weight index="1" value="0.3700625775371713"></weight>
    <weight index="2" value="0.2"></weight>
    <weight index="3" value="0.4299374224628287"></weight>
  </objective>
  <discount_factor value="0.75"></discount_factor>
  <reservation value="0.25"></reservation>
</utility_space>
"""

GENIUS_BERT = """<?xml version="1.0" encoding="ISO-8859-1"?>
<utility_space type="UNCERTAIN">
  <objective index="0" name="root" type="objective" etype="objective">
    <weight index="2" value="0.5"/> <weight index="3" value="0.25"/> <weight index="1" value="0.25"/>
    <issue index="3" name="Price" type="real">
      <range lowerbound="10.0" upperbound="40.0"/>
      <evaluator ftype="triangular" parameter0="10" parameter1="40" parameter2="20"/>
    </issue>
    <issue index="1" name="Food">
      <item index="3" value="1.10" evaluation="0.5"/>
      <item index="1" value="Chips & Nuts" evaluation="1"/>
      <item index="2" value="Catering" evaluation="0.125"/>
    </issue>
    <issue index="2" name="Guests" type="integer" lowerbound="-2" upperbound="3">
      <evaluator ftype="linear" slope="-0.2" offset="1"/>
    </issue>
  </objective>
  <comparisons>10</comparisons>
</utility_space>
"""

FOOD, GUESTS = ("Chips & Nuts", "Catering", "1.10"), (-2, -1, 0, 1, 2, 3)
PRICES = tuple(10 + 1.5 * i for i in range(21))


def genius_anna(food: str, guests: int, price: float) -> float:
    """Genius's utility of Anna: evaluations over the largest of the issue, lines clipped to 0 and 1."""
    evaluation = {"Chips & Nuts": 41, "Catering": 370, "1.10": 0}[food] / 370
    by_guests = min(max(0.3 * (guests + 2) + 0.1, 0), 1)
    by_price = min(max(1.5 - 0.05 * price, 0), 1)
    return 0.3700625775371713 * evaluation + 0.2 * by_guests + 0.4299374224628287 * by_price


def genius_bert(food: str, guests: int, price: float) -> float:
    """Genius's utility of Bert: a triangle from 10 over 20 to 40."""
    evaluation = {"Chips & Nuts": 1, "Catering": 0.125, "1.10": 0.5}[food]
    by_guests = min(max(1 - 0.2 * (guests + 2), 0), 1)
    by_price = (price - 10) / 10 if price < 20 else 1 - (price - 20) / 20 if price < 40 else 0
    return 0.25 * evaluation + 0.5 * by_guests + 0.25 * by_price


NEGMAS_SPACE = """\
issues:
- name: food
  type: CategoricalIssue
  values: [chips, 'on', 3]
- name: guests
  type: ContiguousIssue
  values: [2, 4]
- name: rate
  n_levels: 10
  type: ContinuousIssue
  values: [0.0, 1.5]
- name: days
  type: DiscreteCardinalIssue
  values: [1, 4, 7]
name: dinner
path: null
type: CartesianOutcomeSpace
"""

NEGMAS_ANNA = """\
name: Anna
reserved_outcome: null
reserved_value: 0.2
stability: 2047
type: LinearAdditiveUtilityFunction
values:
- mapping: {chips: 0.1, 'on': 1.0, 3: 0.35}
  type: TableFun
- bias: 1
  slope: -0.1
  type: AffineFun
- slope: 0.5
  type: LinearFun
- mapping: {1: 0.2, 4: 0.5, 7: 1}
  type: TableFun
weights: [0.3, 0.1, 0.2, 0.4]
"""

NEGMAS_BERT = """\
name: Bert
type: LinearAdditiveUtilityFunction
reserved_value: -.inf
bias: 0.5
values:
  food: {type: TableFun, mapping: {chips: 1.0, 'on': 0.5, 3: 1.0e-05}}
  guests: {type: QuadraticFun, a2: 0.5, a1: -1.0}
  rate: {type: TriangularFun, start: 0.0, middle: 0.3, end: 1.5}
  days: {type: ExponentialFun, tau: -0.5}
weights: {food: 0.25, guests: 0.25, rate: 0.25, days: -0.25}
"""


def packages(scenario: Scenario) -> list[tuple[int, ...]]:
    """All packages, the last issue fastest."""
    return list(product(*(range(len(issue.options)) for issue in scenario.issues)))


def utilities(scenario: Scenario, package: Sequence[int]) -> dict[str, float]:
    """What a package is worth to each party."""
    return {
        party.id: sum(own.worth(issue, option) for issue, option in enumerate(package))
        for party, own in ((party, utility(scenario, party)) for party in scenario.parties)
    }
