// MUTANT caught by: Output_WorkedValue_IsSixteen
// It counts the moves of the window, not its places.
// 7.3 · Sizes in a convolutional network · 3 points
//
// Write two methods that answer what everybody asks when layers do not fit together.
//
// `Output(input, kernel, stride, padding)`: how many places a window of `kernel` pixels has on a row
// of `input` pixels with `padding` pixels added on either side, moving `stride` pixels at a time.
// Pixels that are left over at the end are not used. Throw an ArgumentException if input, kernel or
// stride is below 1, padding is negative, or the window is wider than the padded row.
//
// `ReceptiveField(kernels, strides)`: how many input pixels in a row one value of the last layer
// looks at. A pixel looks at 1, itself. Each layer, from the first on, adds (kernel − 1) steps, and a
// step there is as long as the strides of all layers before it multiplied. Throw an
// ArgumentException if there are not as many strides as kernels or one of them is below 1.
//
// Worked values: Output(32, 3, 2, 1) is 16. ReceptiveField([3, 2, 3], [1, 2, 1]) is
// 1 + 2 · 1 + 1 · 1 + 2 · 2 = 8.
//
// Check:  ./mlops check 7.3      Hint:  ./mlops check 7.3 --hint

namespace Week07;

/// <summary>Sizes along one side of a picture.</summary>
public static class ConvolutionSizes
{
    // BEGIN YOUR CODE
    /// <summary>Returns the number of values along one side after a convolution or a pooling.</summary>
    public static int Output(int input, int kernel, int stride, int padding)
    {
        int room = input + (2 * padding) - kernel;
        if (input < 1 || kernel < 1 || stride < 1 || padding < 0 || room < 0)
        {
            throw new ArgumentException($"A window of {kernel} with stride {stride} does not fit {input} pixels and {padding} on either side.");
        }

        return room / stride;
    }

    /// <summary>Returns how many input pixels along one side a value of the last layer depends on.</summary>
    public static int ReceptiveField(int[] kernels, int[] strides)
    {
        if (kernels.Length != strides.Length || kernels.Concat(strides).Any(size => size < 1))
        {
            throw new ArgumentException("Each layer needs a kernel and a stride of 1 or more.");
        }

        int field = 1;
        int step = 1;
        for (int layer = 0; layer < kernels.Length; layer++)
        {
            field += (kernels[layer] - 1) * step;
            step *= strides[layer];
        }

        return field;
    }
    // END YOUR CODE
}
