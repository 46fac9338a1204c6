using ColdChain.Core.People;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Desk;

/// <summary>Both components of a signature (21 CFR 11.200(a)(1)), as a person typed them for it.</summary>
/// <param name="Password">The account's password.</param>
/// <param name="Code">A code of its second factor.</param>
internal sealed record SignatureProof(string Password, string Code)
{
    /// <summary>Neither of them: it may get into a log.</summary>
    public override string ToString() => "password and code";
}

/// <summary>What became of the password.</summary>
/// <param name="Fault">Why not to sign; null when it is right.</param>
/// <param name="Require">Asks for the rest in the transaction of the signature: why not to sign; null when both are right.</param>
internal readonly record struct SignatureAnswer(AccountFault? Fault, Func<StoreTransaction, AccountFault?> Require);

/// <summary>
/// Asks a person for both components, for one signature. The password is looked at here, which takes a tenth of a second on purpose, for which the
/// single writer must not wait; the code in the transaction of what is signed, which uses it up.
/// </summary>
internal delegate SignatureAnswer AskForSignature(string account, SignatureProof proof);
