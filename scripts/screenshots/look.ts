import axe from "axe-core";
import type { Browser, Page } from "puppeteer-core";

export interface View {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly theme: "light" | "dark";
}

const DESKTOP = { width: 1280, height: 1240 };
const PHONE = { width: 390, height: 844 };

export const VIEWS: readonly View[] = [
  { name: "desktop-light", ...DESKTOP, theme: "light" },
  { name: "desktop-dark", ...DESKTOP, theme: "dark" },
  { name: "phone-light", ...PHONE, theme: "light" },
  { name: "phone-dark", ...PHONE, theme: "dark" },
];

export interface Look {
  readonly picture: Uint8Array;
  /** What is wrong with the page as it stands there, in words. */
  readonly findings: readonly string[];
}

/** Opens a page of this machine as somebody would see it, takes its picture, and looks for what is wrong with it. */
export async function look(browser: Browser, address: string, view: View): Promise<Look> {
  const page = await browser.newPage();
  try {
    const heard: string[] = [];
    page.on("request", (request) => {
      if (request.url() !== address && !request.url().startsWith("data:")) heard.push(`asked for ${request.url()}`);
    });
    page.on("console", (message) => heard.push(`console: ${message.text()}`));
    page.on("pageerror", (error) => heard.push(`error: ${String(error)}`));
    await page.setViewport({ width: view.width, height: view.height });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: view.theme }]);
    await page.goto(address);
    const picture = await page.screenshot({ type: "png" });
    return { picture, findings: [...heard, ...(await overflow(page)), ...(await accessibility(page))] };
  } finally {
    await page.close();
  }
}

async function overflow(page: Page): Promise<readonly string[]> {
  const [has, may] = (await page.evaluate(
    "[document.documentElement.scrollWidth, document.documentElement.clientWidth]",
  )) as [number, number];
  return has > may ? [`scrolls sideways: ${has} px in ${may} px`] : [];
}

async function accessibility(page: Page): Promise<readonly string[]> {
  await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate("axe.run()")) as axe.AxeResults;
  return violations.map(
    ({ id, impact, help, nodes }) => `axe: ${impact ?? "?"} ${id}: ${help}, at ${nodes[0]?.html.slice(0, 160) ?? "?"}`,
  );
}
