namespace ColdChain.Core.Readings;

/// <summary>What a probe stands for inside its storage unit.</summary>
public enum ProbeRole
{
    /// <summary>Buffered like a blood unit: it decides about excursions and holds.</summary>
    Load,

    /// <summary>In the air: it warns, and never decides.</summary>
    Air,
}
