/** The element type, chosen by asc's `--use Real=f32` or `--use Real=f64`. */
declare type Real = f32;
