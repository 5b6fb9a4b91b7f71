// Companies' gates over the real SDK client and the embedded DynamoDB.
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { awsClients } from '../../../functions/aws/clients.ts';
import { awsStore } from '../../../functions/aws/store.ts';
import { createTableInput } from '../../../functions/aws/table.ts';
import { startDynamo } from '../../../infra/local/dynamo.ts';
import { epochMs } from '../../../shared/domain/instant.ts';
import { companiesContract } from '../../support/companies.contract.ts';
import { AT } from '../../support/store-samples.ts';

const NAME = 'relance-test';
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

companiesContract(async () => {
  const dynamo = await startDynamo({ now: () => epochMs(AT) });
  const clients = awsClients('us-east-1', { endpoints: { dynamodb: dynamo.endpoint }, credentials });
  const raw = new DynamoDBClient({ region: 'us-east-1', endpoint: dynamo.endpoint, credentials });
  await raw.send(new CreateTableCommand(createTableInput(NAME)));
  return {
    store: awsStore({ name: NAME, client: clients.dynamo }),
    close: async () => {
      clients.dynamo().destroy();
      raw.destroy();
      await dynamo.close();
    },
  };
});
