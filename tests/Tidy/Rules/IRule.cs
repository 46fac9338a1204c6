using ColdChain.Tidy.Tests.Tree;

namespace ColdChain.Tidy.Tests.Rules;

/// <summary>
/// A law of the repository. Every class that implements it is run over the whole tree (<see cref="RepositoryTests"/>) and has
/// tests of its own that show it failing on a bad sample: a rule that cannot fail protects nothing.
/// </summary>
internal interface IRule
{
    IEnumerable<Finding> Check(SourceTree tree);
}
