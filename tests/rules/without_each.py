#!/usr/bin/env python3
"""Proves that each MLS rule is enforced by its own line and watched by its own test.

Builds once with -DENCUENTRO_RULE_SWITCH=ON, then runs the MLS tests with one rule taken out after the other: exactly
the test cases named after that rule must fail, and no others.

usage: without_each.py [--rule NUMBER]... [--test PROGRAM]... [--build FOLDER] [--jobs J]
  --rule NUMBER  only this rule (default: all of them)
  --test NAME    only this test program (a rule's test may stand in another one)
"""
import argparse
import concurrent.futures
import os
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


def make(build, tests, jobs):
    """Builds the test programs; returns where each one lies."""
    subprocess.run(['cmake', '-S', ROOT, '-B', build, '-G', 'Ninja', '-DCMAKE_BUILD_TYPE=RelWithDebInfo',
                    '-DENCUENTRO_RULE_SWITCH=ON'], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(['ninja', '-C', build, f'-j{jobs}', *tests], check=True, stdout=subprocess.DEVNULL)
    return [next(path for path in pathlib.Path(build).rglob(test) if path.is_file()) for test in tests]


def failing(programs, rule):
    """Names of the test cases that fail without `rule`, and how many cases there are; a test program that ends early
    counts as one more failure."""
    failed, cases = set(), 0
    for program in programs:
        run = subprocess.run([program, '-r', 'xml'], capture_output=True, text=True,
                             env=os.environ | {'ENCUENTRO_WITHOUT_RULE': str(rule)})
        try:
            report = xml.fromstring(run.stdout)
        except xml.ParseError:
            failed.add(f'{program.name} ended early (exit {run.returncode})')
            continue
        for case in report.iter('TestCase'):
            cases += 1
            if case.find('OverallResult').get('success') != 'true':
                failed.add(case.get('name'))
    return failed, cases


def judge(programs, rule):
    """What is wrong with the run without `rule`, or None."""
    failed, _ = failing(programs, rule)
    own = {name for name in failed if name.split()[0] == f'R-MLS-{rule}'}
    others = failed - own
    if not own:
        return f'R-MLS-{rule}: taken out, and its test still passes'
    if others:
        return f'R-MLS-{rule}: taken out, and besides its own test these fail: {", ".join(sorted(others))}'
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--rule', type=int, action='append')
    parser.add_argument('--test', action='append')
    parser.add_argument('--build', default=str(ROOT / 'build-rules'))
    parser.add_argument('--jobs', type=int, default=2)
    options = parser.parse_args()

    every = rules()
    chosen = options.rule or every
    unknown = sorted(set(chosen) - set(every))
    if unknown:
        sys.exit(f'no such rule: {", ".join(f"R-MLS-{number}" for number in unknown)}')

    programs = make(options.build, options.test or TESTS, options.jobs)
    failed, cases = failing(programs, 0)
    if failed:
        sys.exit(f'with all rules: {", ".join(sorted(failed))}')
    print(f'with all rules: {cases} test cases pass', flush=True)
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        findings = list(pool.map(lambda rule: judge(programs, rule), chosen))
    for rule, finding in zip(chosen, findings):
        print(finding or f'R-MLS-{rule}: taken out, exactly its own test fails')
    wrong = sum(finding is not None for finding in findings)
    print(f'{len(chosen)} rules of {len(every)}:')
    print(f'{len(chosen) - wrong} passed, {wrong} failed')
    sys.exit(1 if wrong else 0)


if __name__ == '__main__':
    main()
