namespace MlOps.Learning.Neural;

/// <summary>What n samples were in a layer, what came out of the network, and how much one output of each would change with the layer.</summary>
/// <param name="Outputs">The outputs of the last layer, n × k, as <see cref="Network.Forward"/> gives them.</param>
/// <param name="Activations">The outputs of the layer; the samples themselves where the layer is the input.</param>
/// <param name="Gradient">∂ output / ∂ activation, of the activations' shape: by how much the output of a sample rises if an activation of it rises by 1, to first order.</param>
public sealed record OutputGradient(Tensor Outputs, Tensor Activations, Tensor Gradient);
