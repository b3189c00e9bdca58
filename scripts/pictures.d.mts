import type { Page } from "@playwright/test";

export const PAYLOAD: string;
export const PICTURES: string[];
export const VIEWPORT: { width: number; height: number };
export function walk(page: Page, shoot: (name: string) => Promise<void>): Promise<void>;
