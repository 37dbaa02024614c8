#!/usr/bin/env python3
"""Proves that each MLS rule is enforced by its own line and watched by its own test.

Builds with -DENCUENTRO_RULE_SWITCH=ON, takes one rule out at a time (only rules.cpp is compiled again) and runs the
MLS tests: exactly the test cases named after that rule must fail, and no others.

usage: without_each.py [--all | --sample N [--turn K] | --rule NUMBER] [--test PROGRAM] [--build FOLDER] [--jobs J]
  --sample N   N rules, others at each turn; the turn is K, or the number of commits
  --test NAME  only this test program (a rule's test may stand in another one)
"""
import argparse
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree as xml

ROOT = pathlib.Path(__file__).resolve().parents[2]
RULES = ROOT / 'protocol/mls/public/rules.h'
TESTS = ['mls_public_test', 'mls_member_test']


def rules():
    return [int(n) for n in re.findall(r'^\s*X\((\d+),', RULES.read_text(), re.M)]


def targets(build, tests):
    listed = subprocess.run(['ninja', '-C', build, '-t', 'targets', 'all'], capture_output=True, text=True, check=True)
    return [test for test in tests if re.search(rf'^{test}: ', listed.stdout, re.M)]


def make(build, rule, tests, jobs):
    subprocess.run(['cmake', '-S', ROOT, '-B', build, '-G', 'Ninja', '-DCMAKE_BUILD_TYPE=RelWithDebInfo',
                    '-DENCUENTRO_RULE_SWITCH=ON', f'-DENCUENTRO_WITHOUT_RULE={rule}'],
                   check=True, stdout=subprocess.DEVNULL)
    wanted = targets(build, tests)
    subprocess.run(['ninja', '-C', build, f'-j{jobs}', *wanted], check=True, stdout=subprocess.DEVNULL)
    return wanted


def failing(build, tests):
    """Names of the failing test cases; a test program that ends early counts as one more failure."""
    failed, cases = set(), 0
    for test in tests:
        program = next(path for path in pathlib.Path(build).rglob(test) if path.is_file())
        run = subprocess.run([program, '-r', 'xml'], capture_output=True, text=True)
        try:
            report = xml.fromstring(run.stdout)
        except xml.ParseError:
            failed.add(f'{test} ended early (exit {run.returncode})')
            continue
        for case in report.iter('TestCase'):
            cases += 1
            if case.find('OverallResult').get('success') != 'true':
                failed.add(case.get('name'))
    return failed, cases


def judge(build, rule, tests, jobs):
    tests = make(build, rule, tests, jobs)
    failed, cases = failing(build, tests)
    own = {name for name in failed if rule and name.split()[0] == f'R-MLS-{rule}'}
    others = failed - own
    if rule == 0:
        return f'with all rules: {", ".join(sorted(failed))}' if failed else None, cases
    if not own:
        return f'R-MLS-{rule}: taken out, and its test still passes', cases
    if others:
        return f'R-MLS-{rule}: taken out, and besides its own test these fail: {", ".join(sorted(others))}', cases
    return None, cases


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--all', action='store_true')
    parser.add_argument('--sample', type=int, default=3)
    parser.add_argument('--turn', type=int)
    parser.add_argument('--rule', type=int, action='append')
    parser.add_argument('--test', action='append')
    parser.add_argument('--build', default=str(ROOT / 'build-rules'))
    parser.add_argument('--jobs', type=int, default=2)
    options = parser.parse_args()

    every = rules()
    chosen = every
    if options.rule:
        unknown = sorted(set(options.rule) - set(every))
        if unknown:
            sys.exit(f'no such rule: {", ".join(f"R-MLS-{number}" for number in unknown)}')
        chosen = options.rule
    elif not options.all:
        turn = options.turn
        if turn is None:
            counted = subprocess.run(['git', '-C', ROOT, 'rev-list', '--count', 'HEAD'], capture_output=True, text=True)
            turn = int(counted.stdout or 0)
        chosen = [every[(turn * options.sample + i) % len(every)] for i in range(min(options.sample, len(every)))]

    tests = options.test or TESTS
    wrong, good = [], 0
    finding, cases = judge(options.build, 0, tests, options.jobs)
    if finding:
        sys.exit(finding)
    print(f'with all rules: {cases} test cases pass')
    for rule in chosen:
        finding, _ = judge(options.build, rule, tests, options.jobs)
        print(finding or f'R-MLS-{rule}: taken out, exactly its own test fails', flush=True)
        if finding:
            wrong.append(finding)
        else:
            good += 1
    print(f'{len(chosen)} rules of {len(every)}:')
    print(f'{good} passed, {len(wrong)} failed')
    sys.exit(1 if wrong else 0)


if __name__ == '__main__':
    main()
