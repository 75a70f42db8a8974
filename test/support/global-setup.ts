/** Runs once before all tests. */
export default function globalSetup(): void {}
