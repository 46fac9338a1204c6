namespace ColdChain.Core.Rules;

/// <summary>The circumstances that choose between a product's rules. A property of an interval of time, not of the product.</summary>
public enum StorageContext
{
    /// <summary>In its storage equipment.</summary>
    Storage,

    /// <summary>Under way between sites, in a van or a cooler.</summary>
    Transport,

    /// <summary>Out of controlled storage, in a person's hands.</summary>
    Bench,
}
