namespace MlOps.Learning.Neural;

/// <summary>A loss and its gradient with respect to the parameters of a network.</summary>
public sealed class NetworkGradient
{
    private readonly float[] _values;
    private readonly Dictionary<string, Parameter> _parameters;

    internal NetworkGradient(double loss, float[] values, IReadOnlyList<NetworkLayer> layers)
    {
        Loss = loss;
        _values = values;
        _parameters = layers.SelectMany(layer => layer.Parameters).ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
    }

    /// <summary>Gets the mean loss of the samples.</summary>
    public double Loss { get; }

    /// <summary>Gets the gradient with respect to all values of the network, layer by layer; 0 for statistics and frozen layers.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>Gets the gradient with respect to one parameter, as long as it.</summary>
    /// <param name="parameter">Its name, such as "0.weight".</param>
    /// <exception cref="KeyNotFoundException">There is no such parameter; the message lists those there are.</exception>
    public ReadOnlySpan<float> this[string parameter] => _parameters.TryGetValue(parameter, out Parameter? found)
        ? _values.AsSpan(found.Offset, found.Values.Length)
        : throw new KeyNotFoundException($"There is no parameter '{parameter}'. There are: {string.Join(", ", _parameters.Keys)}.");
}
