/** The types that AssemblyScript knows and TypeScript does not, as the plain machine sees them. */

declare type i32 = number;
declare type f64 = number;
declare type usize = number;
declare type bool = boolean;
/** An element: f32 or f64. */
declare type Real = number;
declare type StaticArray<T> = readonly T[];
