export { Duration } from "../model/duration";
