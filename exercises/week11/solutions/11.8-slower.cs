// 11.8 · Smaller and slower · 1 point
//
// A student quantizes a small network to 8 bits: two convolutions of 8 filters on pictures of 16 × 16
// points, then one dense layer. The file shrinks to a third. The answers stay the same. But one takes 0.9
// ms, where the float model took 0.5 ms, on a processor with fast 8-bit instructions.
//
// Set `Cause` to the letter of what is going on, and `Remedy` to the letter of what to do, such as "A".
//
// A  On processors 8-bit arithmetic is slower than float arithmetic. Only graphics cards gain from
//    it.
// B  The convolutions are so small that turning numbers into codes and back, and changing their order
//    in memory, costs more than the cheap arithmetic saves.
// C  There were too few pictures for the calibration, so the ranges are wrong.
// D  The zero points of the activations are not zero.
// E  Calibrate again with ten times as many pictures.
// F  Leave the narrow convolutions in float, quantize what is wide, and measure each version against
//    the original.
// G  Set the smallest half of the weights to zero, so that there is less to compute.
// H  Go down to 4 bits: half the bits, half the time.
//
// Check:  ./mlops check 11.8      Hint:  ./mlops check 11.8 --hint

namespace Week11;

/// <summary>The answers to exercise 11.8.</summary>
public static class Slower
{
    // BEGIN YOUR CODE
    /// <summary>Gets the letter of the cause.</summary>
    public static string Cause => "B";

    /// <summary>Gets the letter of the remedy.</summary>
    public static string Remedy => "F";
    // END YOUR CODE
}
