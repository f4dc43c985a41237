export { loadSettings, SettingsError } from './load-settings';
export type { SettingFault } from './load-settings';
export { setting } from './setting';
export type { SettingFacts } from './setting-facts';
export { settingsTable } from './settings-table';
export type { SettingRow } from './settings-table';
