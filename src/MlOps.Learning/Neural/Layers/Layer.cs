namespace MlOps.Learning.Neural;

/// <summary>The plan of a layer: its hyper-parameters, without weights. A <see cref="NetworkBuilder"/> stacks layers.</summary>
public abstract record Layer
{
    private protected Layer()
    {
    }

    /// <summary>Tells what shape it makes of samples of a shape.</summary>
    /// <exception cref="ArgumentException">The layer cannot read such samples; the message says what it needs.</exception>
    public abstract TensorShape OutputShape(TensorShape input);

    /// <summary>The arrays it learns, and those it keeps statistics in.</summary>
    internal virtual IReadOnlyList<ParameterPlan> Parameters(TensorShape input) => [];

    /// <summary>Makes the computation for samples of a shape.</summary>
    internal abstract LayerOperation Operation(TensorShape input, Threads threads);

    private protected ArgumentException DoesNotFit(TensorShape input, string need) =>
        new($"{GetType().Name} needs {need}; its input is {(input.IsImage ? "an image of" : "a vector of")} {input}.", nameof(input));
}
