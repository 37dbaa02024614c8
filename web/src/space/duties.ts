// Who may do what with whom, as the roster's rules have it (protocol/roster): so that a screen offers nothing that
// every client would refuse. The core judges again.
import { type Directory, type Person, Role, Standing, Status } from '../wire/views.ts';

const seated = (role: number) => role === Role.focal_point || role === Role.delegate;
const ofSeat = (me: Person, person: Person) => me.role === Role.focal_point && me.country === person.country;

export function mayInvite(me: Person | undefined): number[] {
  if (!me || me.standing !== Standing.full) return [];
  if (me.role === Role.secretariat) return [Role.focal_point, Role.partner, Role.alumni, Role.participant];
  return me.role === Role.focal_point ? [Role.focal_point, Role.delegate] : [];
}

// A focal point of a member country who came back by re-entry takes no position until then (R-POL-40).
export function pausedUntil(person: Person, { countries }: Directory, now: number): number | undefined {
  const { no_position_before: until, role, country } = person;
  const speaks =
    role === Role.focal_point && countries.some((one) => one.code === country && one.status === Status.member);
  return speaks && until !== undefined && until > now ? until : undefined;
}

// Who came by the link alone, or was put into a taken seat by the Secretariat; or came back without the seat's word,
// which anybody of the seat may give (R-ROS-50).
export function mayConfirm(me: Person | undefined, person: Person): boolean {
  if (!me || me.standing !== Standing.full || me.member === person.member) return false;
  if (person.standing === Standing.full && person.no_position_before)
    return seated(me.role) && me.country !== '' && me.country === person.country;
  if (person.standing === Standing.unseated) return ofSeat(me, person);
  if (person.standing !== Standing.provisional) return false;
  if (seated(person.role) && ofSeat(me, person)) return true;
  return me.role === Role.secretariat && mayInvite(me).includes(person.role);
}

export function mayRemove(me: Person | undefined, person: Person): boolean {
  if (!me || me.standing !== Standing.full || me.member === person.member) return false;
  if (seated(person.role)) return ofSeat(me, person);
  return person.role !== Role.secretariat && me.role === Role.secretariat;
}

// A focal point passes an office of the seat on, also the own one, to somebody of the seat who is fully in. Who has a
// key of the network proposes it of any focal point and of the Secretariat's people (R-ROS-52).
export function mayRelieve(me: Person | undefined, person: Person, holdsKey = false): boolean {
  if (!me || me.standing !== Standing.full || person.standing !== Standing.full) return false;
  if (person.role === Role.secretariat) return holdsKey;
  return person.role === Role.focal_point && (holdsKey || ofSeat(me, person));
}
export function maySucceed(person: Person, successor: Person): boolean {
  const same = successor.member !== person.member && successor.country === person.country;
  if (!same || successor.standing !== Standing.full) return false;
  return person.role === Role.secretariat ? successor.role === Role.secretariat : seated(successor.role);
}

// Without a successor, on a date: whoever could remove the person, or proposes it with a key of the network (R-ROS-53).
export function mayEnd(me: Person | undefined, person: Person, holdsKey = false): boolean {
  if (!me || me.standing !== Standing.full || person.standing === Standing.gone) return false;
  return holdsKey || mayRemove(me, person);
}
// Who goes is the last one who speaks for the country.
export function leavesVacant(person: Person, { people }: Directory): boolean {
  if (person.role !== Role.focal_point) return false;
  const speaks = ({ role, country, standing, member }: Person) =>
    role === Role.focal_point && country === person.country && standing === Standing.full && member !== person.member;
  return !people.some(speaks);
}

// Whose word counts for somebody who comes back by re-entry: the same seat, or the Secretariat (R-ROS-43).
export function mayReEnter(me: Person | undefined, person: Person): boolean {
  if (!me || me.standing !== Standing.full || me.member === person.member) return false;
  if (person.standing === Standing.gone) return false;
  return me.role === Role.secretariat || (seated(me.role) && me.country !== '' && me.country === person.country);
}

// The Secretariat's invitation into a seat that has its focal point waits for that one's word.
export function seatTaken(directory: Directory, country: string): boolean {
  return directory.people.some(({ role, country: of }) => role === Role.focal_point && of === country);
}

// Kinds of channel this person may create (protocol/policy, may_create): the numbers of ChannelKind.
export function mayCreate(me: Person | undefined, directory: Directory): number[] {
  if (!me || me.standing !== Standing.full) return [];
  if (me.role === Role.secretariat) return [3, 2, 5];
  const status = directory.countries.find(({ code }) => code === me.country)?.status;
  if (me.role === Role.focal_point && status === Status.member) return [3, 2, 4, 5];
  if (me.role === Role.alumni || me.role === Role.participant) return [];
  return status === undefined || status === Status.member ? [5] : [];
}
