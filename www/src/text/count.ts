const NUMBER = new Intl.NumberFormat("en");

/** `1 alert`, `2 alerts`, `12,000 alerts`. */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${NUMBER.format(amount)} ${amount === 1 ? one : many}`;
}
