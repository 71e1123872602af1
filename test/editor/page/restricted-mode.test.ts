import { useWindow } from './session.ts';

suite('a folder in Restricted Mode', () => {
  const editor = useWindow({ workspace: 'retarget', isRestricted: true });

  test('shows findings, because looking at a project runs nothing of it', async () => {
    const workbench = editor();
    await workbench.page.getByText('Restricted Mode', { exact: true }).first().waitFor();
    await workbench.openFile('Classic.Client.csproj');
    await workbench.waitForSquiggle('v4.5.2');
  });
});
