namespace Contoso.Data
{
    /// <summary>A customer as the ERP system exports it.</summary>
    public sealed class Customer
    {
        public Customer(string number, string name)
        {
            Number = number;
            Name = name;
        }

        public string Number { get; }

        public string Name { get; }

        /// <summary>Reads one line of the export: number and name, separated by a semicolon.</summary>
        public static Customer Parse(string line)
        {
            var parts = line.Split(';');
            return new Customer(parts[0].Trim(), parts.Length > 1 ? parts[1].Trim() : string.Empty);
        }
    }
}
