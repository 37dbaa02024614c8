// Of screens.mjs: what several sign, open invitations, an office that ends or passes on.
const signatures = '#/directory/signatures';
const invitations = '#/directory/invitations';
const endOffice = /^(Terminar su función|Terminar a função|End the office)$/;

async function ends(page, name) {
  await page.locator('.person').filter({ hasText: name }).getByRole('button', { name: endOffice }).click();
  await page.locator('.guide input[type=date]').waitFor();
}
const toDialog = async (page) => {
  await page.locator('.statements li.mine button').first().click();
  await page.getByRole('dialog').locator('blockquote').waitFor();
};

export const officeScreens = [
  ['signatures-none', `/scene.html${signatures}`, (page) => page.locator('.statements .banner').waitFor()],
  [
    'signatures',
    `/scene.html?offices=1&as=alba${signatures}`,
    (page) => page.locator('.statements li.mine').first().waitFor(),
  ],
  [
    'signatures-every',
    `/scene.html?offices=every&as=irene${signatures}`,
    (page) => page.locator('dl').last().waitFor(),
  ],
  ['sign', `/scene.html?offices=1&as=alba${signatures}`, toDialog],
  [
    'sign-waits',
    `/scene.html?offices=1&as=alba${signatures}`,
    async (page) => {
      await toDialog(page);
      await page.getByRole('dialog').locator('button.primary').click();
      await page.getByRole('dialog').getByRole('alert').waitFor();
    },
  ],
  ['home-offices', '/scene.html?offices=1&as=alba', (page) => page.locator('.home dl').waitFor()],
  ['home-object', '/scene.html?offices=vacant&as=irene', (page) => page.locator('.home .banner.attention').waitFor()],
  [
    'object',
    '/scene.html?offices=vacant&as=irene',
    async (page) => {
      await page.locator('.home .banner.attention button').click();
      await page.getByRole('dialog').waitFor();
    },
  ],
  [
    'directory-offices',
    '/scene.html?offices=1&as=alba#/directory',
    async (page) => {
      await page.locator('details.passing summary').click();
      await page.locator('details.passing').scrollIntoViewIfNeeded();
    },
  ],
  [
    'invitations-none',
    `/scene.html?as=secretariat${invitations}`,
    (page) => page.locator('.invitations .banner').waitFor(),
  ],
  ['invitations', `/scene.html?offices=1&as=secretariat${invitations}`, (page) => page.locator('dl').last().waitFor()],
  [
    'invitation-closed',
    `/scene.html?offices=1&as=secretariat${invitations}`,
    async (page) => {
      await page.locator('.invitations li button').last().click();
      await page.getByRole('dialog').locator('button.danger').click();
      await page.getByRole('dialog').getByRole('alert').waitFor();
    },
  ],
  ['end', '/scene.html?offices=1&as=alba#/directory', (page) => ends(page, 'Irene')],
  [
    'end-sign',
    '/scene.html?offices=1&as=alba#/directory',
    async (page) => {
      await ends(page, 'Irene');
      await page.locator('.guide button[type=submit]').click();
      await page.locator('.guide .last').waitFor();
    },
  ],
  [
    'end-done',
    '/scene.html?offices=1&as=alba#/directory',
    async (page) => {
      await ends(page, 'Irene');
      await page.locator('.guide button[type=submit]').click();
      await page.locator('.guide button.danger').click();
      await page.locator('.guide button.danger').waitFor({ state: 'detached' });
    },
  ],
  [
    'hostile-signatures',
    `/scene.html?hostile=1&offices=every&as=irene${signatures}`,
    (page) => page.locator('.statements dl').last().waitFor(),
  ],
  [
    'hostile-invitations',
    `/scene.html?hostile=1&offices=1&as=secretariat${invitations}`,
    (page) => page.locator('.invitations dl').last().waitFor(),
  ],
  ['hostile-home-offices', '/scene.html?hostile=1&offices=1&as=alba', (page) => page.locator('.home dl').waitFor()],
  ['hostile-object', '/scene.html?hostile=1&offices=vacant&as=irene'],
];
