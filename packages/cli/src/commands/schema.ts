import { Command, Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { wholeNumber } from '../options/parse-number.ts';
import type * as Check from '../schema/check-folder.ts';
import type * as Compat from '../schema/compat.ts';
import type * as Diff from '../schema/diff-versions.ts';
import { addRegistryOptions } from '../schema/registry-options.ts';
import { collectReference } from '../schema/reference-option.ts';
import { schemaLevels, schemaTypes } from '../schema/schema-choices.ts';
import type * as Schemas from '../schema/schema-commands.ts';
import type * as Types from '../schema/schema-types.ts';

const load = (): Promise<typeof Schemas> => import('../schema/schema-commands.ts');

const checkHelp = `
A file is a schema of its own. Files in a folder whose names are numbers (1.avsc, 2.avsc, v3.proto) are versions of one
schema: each is checked against those before it. With --against, each file is checked against the one at the same place in
another folder, such as a checkout of the main branch. Files may refer to each other by path (imports, $ref) or name (Avro).

Examples:
  $ millrace schema check schemas
  $ millrace schema check schemas --against ../main/schemas --level FULL --output json
`;

export function schemaCommand(context: CommandContext): Command {
  return new Command('schema')
    .description('Work with schemas: in a registry, or in the files of a folder.')
    .addCommand(addRegistryOptions(registerSchema(context)))
    .addCommand(addRegistryOptions(listSchemas(context)))
    .addCommand(addRegistryOptions(getSchema(context)))
    .addCommand(addRegistryOptions(diffSchema(context)))
    .addCommand(checkSchemas(context))
    .addCommand(addRegistryOptions(deleteSchema(context)))
    .addCommand(addRegistryOptions(compatibility(context)))
    .addCommand(typesOfSchema(context));
}

function registerSchema(context: CommandContext): Command {
  return new Command('register')
    .description('Register a schema as a new version of a subject.')
    .argument('<subject>')
    .argument('<file>', 'an .avsc, .proto or .json file')
    .addOption(typeOption())
    .option(
      '-r, --reference <name=subject:version>',
      'a registered schema that this one refers to; repeatable',
      collectReference,
    )
    .option('--normalize', 'in the normalised form')
    .action(async (subject: string, file: string, options: Schemas.RegisterOptions) =>
      (await load()).registerSchema(context, subject, file, options),
    );
}

function listSchemas(context: CommandContext): Command {
  return new Command('list')
    .description('List subjects, or the versions of one.')
    .argument('[subject]')
    .option('--deleted', 'those that were soft-deleted too')
    .action(async (subject: string | undefined, options: Schemas.ListOptions) =>
      subject === undefined
        ? (await load()).listSubjects(context, options)
        : (await load()).listVersions(context, subject, options),
    );
}

function getSchema(context: CommandContext): Command {
  return new Command('get')
    .description('Print the text of a schema.')
    .argument('[subject]')
    .argument('[version]', 'a number (default: the latest)')
    .option('--id <id>', 'by its id, in place of a subject', wholeNumber('--id', { min: 1 }))
    .action(async (subject: string | undefined, version: string | undefined, options: Schemas.GetOptions) =>
      (await load()).getSchema(context, { subject, version }, options),
    );
}

function diffSchema(context: CommandContext): Command {
  return new Command('diff')
    .description('Show two versions side by side, and what data of one means to the other.')
    .argument('<subject>')
    .argument('[from]', 'a version (default: the one before)')
    .argument('[to]', 'a version (default: the latest)')
    .option('--file <file>', 'compare with a file in place of a second version')
    .option('--width <columns>', 'of the whole view', wholeNumber('--width', { min: 40 }))
    .action(
      async (subject: string, from: string | undefined, to: string | undefined, options: Diff.DiffOptions) =>
        (await import('../schema/diff-versions.ts')).diffVersions(context, { subject, from, to }, options),
    );
}

function checkSchemas(context: CommandContext): Command {
  return new Command('check')
    .description(
      'Check the schemas of a folder, without a registry. Exit code 1 when one is invalid or incompatible.',
    )
    .argument('<folder>')
    .option('--against <folder>', 'the same schemas as they were before')
    .addOption(
      new Option('--level <level>', 'what new schemas must be able to do')
        .choices(schemaLevels)
        .default('BACKWARD'),
    )
    .addOption(
      new Option('--policy <policy>', 'how JSON Schemas are judged')
        .choices(['STRICT', 'LENIENT'])
        .default('STRICT'),
    )
    .addHelpText('after', checkHelp)
    .action(async (folder: string, options: Check.CheckOptions) =>
      (await import('../schema/check-folder.ts')).checkFolder(context, folder, options),
    );
}

function deleteSchema(context: CommandContext): Command {
  return new Command('delete')
    .description('Soft-delete a subject or one of its versions, or take a soft-deleted one away for good.')
    .argument('<subject>')
    .argument('[version]')
    .option('--permanent', 'for good; it must be soft-deleted already')
    .option('-y, --yes', 'do not ask')
    .action(async (subject: string, version: string | undefined, options: Schemas.DeleteOptions) =>
      (await load()).deleteSchema(context, subject, version, options),
    );
}

function compatibility(context: CommandContext): Command {
  return new Command('compat')
    .description('Show or set what new versions must be able to do, or try whether a file may be registered.')
    .argument('[subject]', 'default: the whole registry')
    .addOption(new Option('--level <level>', 'set the level').choices(schemaLevels))
    .option('--unset', 'take the level of the subject away')
    .option('--file <file>', 'try this schema; nothing is registered. Exit code 1 when it does not fit')
    .addOption(typeOption())
    .option(
      '-r, --reference <name=subject:version>',
      'a registered schema that the file refers to; repeatable',
      collectReference,
    )
    .action(async (subject: string | undefined, options: Compat.CompatOptions) =>
      (await import('../schema/compat.ts')).compat(context, subject, options),
    );
}

function typesOfSchema(context: CommandContext): Command {
  return new Command('types')
    .description('Print TypeScript types of the values of a schema.')
    .argument('<file>', 'an .avsc, .proto or .json file; it may refer to others of its folder')
    .option('--name <name>', 'of the type (default: the name or title of the schema)')
    .action(async (file: string, options: Types.TypesOptions) =>
      (await import('../schema/schema-types.ts')).printTypes(context, file, options),
    );
}

function typeOption(): Option {
  return new Option('--type <type>', 'the format (default: by the name of the file)').choices(schemaTypes);
}
