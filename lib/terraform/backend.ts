/** Where Terraform keeps its state: a type of backend, and the settings that may stand in a file. */
export interface TerraformBackend {
  /** `local`, `s3`, `gcs`, `azurerm`, `pg`, `http`, … */
  readonly type: string;
  /**
   * Its settings; what is left out comes with `terraform init -backend-config=…`. `{cluster}` in a text is the cluster.
   * @default - none
   */
  readonly settings?: Readonly<Record<string, string | number | boolean>>;
}
